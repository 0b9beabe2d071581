package com.faultmaven.common.privacy;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Payment card numbers: the length and first digits of a known brand, and the check digit of Luhn.
 * Lengths that identifiers in logs often have need a word like "card" before them.
 */
final class CardRecogniser implements Recogniser {
  private static final int CONTEXT = 40;
  private static final int LONGEST = 24;

  private static final Pattern NUMBER =
      Pattern.compile(
          "\\d{12,19}+|\\d{4}([ -])(?:\\d{4}\\1\\d{4}\\1\\d{1,4}(?:\\1\\d{1,3})?|\\d{6}\\1\\d{4,5})");

  private static final Pattern BRAND =
      Pattern.compile(
          """
          4(?:\\d{12}|\\d{15})\
          |5[1-5]\\d{14}|2(?:22[1-9]|2[3-9]\\d|[3-6]\\d\\d|7[01]\\d|720)\\d{12}\
          |3[47]\\d{13}\
          |3(?:0[0-5]|[689]\\d)\\d{11}\
          |(?:6011|64[4-9]\\d|65\\d\\d)\\d{12}\
          |35(?:2[89]|[3-8]\\d)\\d{12}|(?:1800|2131)\\d{11}\
          |62\\d{14}""");

  private static final Pattern BRAND_BESIDE_WORD =
      Pattern.compile("4\\d{18}|6[025]\\d{14,17}|(?:0604|50|5[6-8]|6)\\d{10,17}|35\\d{14,17}");

  private static final Pattern WORD =
      Pattern.compile(
          "(?<![a-z])(?:card|credit|debit|cc|pan|visa|maestro|mastercard|amex|payment)(?![a-z])"
              + "|card_?(?:no|number|num)|cardnumber|pan=");

  @Override
  public void find(String text, Consumer<Finding> found) {
    Matcher number = NUMBER.matcher(text);
    int i = 0;
    while (i < text.length()) {
      if (!Characters.isDigit(text.charAt(i))) {
        i++;
        continue;
      }
      int end = startsNumber(text, i) ? cardEnd(text, i, number) : -1;
      if (end > 0) {
        found.accept(new Finding(i, end, FindingType.CREDIT_CARD));
        i = end;
      }
      while (i < text.length() && Characters.isDigit(text.charAt(i))) {
        i++;
      }
    }
  }

  private static boolean startsNumber(String text, int i) {
    char before = Characters.at(text, i - 1);
    char earlier = Characters.at(text, i - 2);
    return switch (before) {
      case '.', ',' -> !Characters.isDigit(earlier);
      case '-' -> "_=:,(".indexOf(earlier) < 0; // a negative number, not a card
      case '+' -> false;
      default -> !Characters.isWord(before);
    };
  }

  private static int cardEnd(String text, int from, Matcher number) {
    number.region(from, Math.min(text.length(), from + LONGEST));
    if (!number.lookingAt()) {
      return -1;
    }
    int end = number.end();
    char next = Characters.at(text, end);
    boolean goesOn =
        Characters.isWord(next)
            || (next == '.' && Characters.isDigit(Characters.at(text, end + 1)));
    String digits = text.substring(from, end).replaceAll("[ -]", "");
    if (goesOn || !isLuhn(digits)) {
      return -1;
    }
    boolean card =
        BRAND.matcher(digits).matches()
            || (BRAND_BESIDE_WORD.matcher(digits).matches() && isBesideWord(text, from));
    return card ? end : -1;
  }

  private static boolean isBesideWord(String text, int from) {
    String before = text.substring(Math.max(0, from - CONTEXT), from).toLowerCase(Locale.ROOT);
    return WORD.matcher(before).find();
  }

  static boolean isLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : digit * 2;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
