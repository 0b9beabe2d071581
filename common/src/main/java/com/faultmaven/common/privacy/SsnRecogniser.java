package com.faultmaven.common.privacy;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * United States social security numbers, of the areas that are given out. Without hyphens they need
 * the words before them: nine digits alone are more often an identifier.
 */
final class SsnRecogniser implements Recogniser {
  private static final int CONTEXT = 40;
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\w.+/-])(?!000|666|9)\\d{3}([ -]?)(?!00)\\d{2}\\1(?!0000)\\d{4}(?![\\w-]|\\.\\d)");
  private static final Pattern WORDS =
      Pattern.compile("(?<![a-z])ssn(?![a-z])|social[ _-]?security");

  @Override
  public void find(String text, Consumer<Finding> found) {
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      String before =
          text.substring(Math.max(0, number.start() - CONTEXT), number.start())
              .toLowerCase(Locale.ROOT);
      if (number.group(1).equals("-") || WORDS.matcher(before).find()) {
        found.accept(new Finding(number.start(), number.end(), FindingType.US_SSN));
      }
    }
  }
}
