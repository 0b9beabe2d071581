package com.faultmaven.common.privacy;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Phone numbers. International ones with their plus sign and North American ones with their
 * separators stand alone; other groups of digits need a word beside them ("phone", "mobile", "call
 * me"), because timestamps, identifiers and measurements look the same.
 */
final class PhoneRecogniser implements Recogniser {
  private static final int LONGEST = 36;
  private static final int CONTEXT = 28;
  private static final int FEWEST = 7;

  /** An extension, and then nothing that makes the number the beginning of something else. */
  private static final String END = "(?: ?(?:x|ext\\.? ?)\\d{1,5})?(?![\\w%]|[.:/-]\\d)";

  private static final Pattern INTERNATIONAL =
      Pattern.compile(
          "\\+[1-9]\\d{0,2}[ .-]?(?:\\(\\d{1,4}\\)[ .-]?)?\\d{1,12}"
              + "(?:[ .-](?!\\d{4}-\\d\\d-\\d\\d)\\d{2,8}){0,5}"
              + END);

  private static final Pattern NORTH_AMERICAN =
      Pattern.compile(
          "(?:(?:1|001)[ .-])?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}([.-]))\\d{3}[.-]\\d{4}" + END);

  private static final Pattern NATIONAL =
      Pattern.compile(
          "(?:\\(\\d{1,5}\\)[ .-]?\\d{2,8}|\\d{2,15})(?:[ ./-]\\(?\\d{2,8}\\)?){0,5}" + END);

  /** A date, which is no phone number in whatever company. */
  private static final Pattern DATE =
      Pattern.compile("\\d{4}[-./]\\d{1,2}[-./]\\d{1,2}.*+|\\d{1,2}[-./]\\d{1,2}[-./]\\d{4}.*+");

  private static final Pattern WORD_BEFORE =
      Pattern.compile(
          "(?:(?<![A-Za-z])(?i:(?:tele|cell)?phone|tel|mobile|cell|fax|desk|msisdn|whatsapp|sms"
              + "|hotline|call (?:me|us|him|her|them)|answering at|messages? to|contact|reach me|dial)"
              + "|Phone|Mobile|Fax)(?![a-z])[^\\d\\n]{0,14}\\n?\\s?$");

  private static final Pattern WORD_AFTER =
      Pattern.compile("(?:\\s|-){1,2}(?i:office|fax|mobile|cell|home|work)(?![a-z])");

  private final boolean strict;

  PhoneRecogniser(boolean strict) {
    this.strict = strict;
  }

  @Override
  public void find(String text, Consumer<Finding> found) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean starts = Characters.isDigit(c) || c == '+' || c == '(';
      int end = starts && isFree(text, i) ? phoneEnd(text, i) : -1;
      if (end > 0) {
        found.accept(new Finding(i, end, FindingType.PHONE));
        i = end;
      } else {
        i++;
        while (Characters.isDigit(c) && i < text.length() && Characters.isDigit(text.charAt(i))) {
          i++;
        }
      }
    }
  }

  /** Whether nothing before that position makes it the middle of something else. */
  private static boolean isFree(String text, int i) {
    char before = Characters.at(text, i - 1);
    return !Characters.isWord(before)
        && ("+-/.:@#$%".indexOf(before) < 0 || isLabelColon(text, i))
        && !(before == '(' && Characters.at(text, i - 2) == '+');
  }

  /** {@code phone:555…}: a colon after a letter or a quote, not one within a time. */
  private static boolean isLabelColon(String text, int i) {
    char earlier = Characters.at(text, i - 2);
    return Characters.at(text, i - 1) == ':'
        && (Characters.isLetter(earlier) || Characters.isQuote(earlier));
  }

  /** Whether enough digits follow for any phone number; most numbers of a log end sooner. */
  private static boolean hasDigits(String text, int from) {
    int digits = 0;
    int limit = Math.min(text.length(), from + LONGEST);
    for (int i = from; i < limit && digits < FEWEST; i++) {
      char c = text.charAt(i);
      if (Characters.isDigit(c)) {
        digits++;
      } else if (" ()+./-".indexOf(c) < 0) {
        return false;
      }
    }
    return digits >= FEWEST;
  }

  private int phoneEnd(String text, int from) {
    if (!hasDigits(text, from)) {
      return -1;
    }
    int end = text.charAt(from) == '+' ? internationalEnd(text, from) : -1;
    if (end < 0) {
      end = end(NORTH_AMERICAN, text, from, 10, 19);
    }
    return end < 0 ? nationalEnd(text, from) : end;
  }

  /** Nine digits or fewer in one run behind a plus sign are a difference of two measurements. */
  private static int internationalEnd(String text, int from) {
    int end = end(INTERNATIONAL, text, from, 8, 15);
    boolean run = end > 0 && text.substring(from + 1, end).chars().allMatch(Character::isDigit);
    return run && end - from <= 10 ? -1 : end;
  }

  private int nationalEnd(String text, int from) {
    int end = end(NATIONAL, text, from, FEWEST, 15);
    boolean phone =
        end > 0
            && !isDate(text, from, end)
            && (mayStandAlone(text, from, end) || isBesideWord(text, from, end));
    return phone ? end : -1;
  }

  /** Where the number ends; groups at its end that make it too long belong to something else. */
  private static int end(Pattern pattern, String text, int from, int fewest, int most) {
    Matcher matcher = pattern.matcher(text).useTransparentBounds(true);
    int limit = Math.min(text.length(), from + LONGEST);
    while (matcher.region(from, limit).lookingAt()) {
      int end = matcher.end();
      long digits =
          text.substring(from, end).chars().filter(c -> Characters.isDigit((char) c)).count();
      if (digits <= most) {
        return digits >= fewest ? end : -1;
      }
      limit = end - 1;
      while (limit > from && Characters.isDigit(text.charAt(limit))) {
        limit--;
      }
    }
    return -1;
  }

  private static boolean isDate(String text, int from, int end) {
    return DATE.matcher(text.substring(from, end)).matches();
  }

  /** In strict mode a number with a trunk prefix or an area code in brackets needs no word. */
  private boolean mayStandAlone(String text, int from, int end) {
    char first = text.charAt(from);
    String number = text.substring(from, end);
    return strict
        && (first == '(' || first == '0')
        && number.length() >= 10
        && number.chars().anyMatch(c -> c == ' ' || c == '-' || c == ')');
  }

  private static boolean isBesideWord(String text, int from, int end) {
    return WORD_BEFORE.matcher(text.substring(Math.max(0, from - CONTEXT), from)).find()
        || WORD_AFTER.matcher(text.substring(end, Math.min(text.length(), end + 12))).lookingAt();
  }
}
