package com.faultmaven.session.domain;

import com.faultmaven.common.web.Problem;

/** Checks ids that come from outside: they become part of keys and rows as they were given. */
final class GivenText {
  /** Longest id that is taken, in characters. */
  static final int MAX_LENGTH = 200;

  private GivenText() {}

  /**
   * Gives the text back.
   *
   * @throws Problem 400 when it is blank, too long, or holds control characters or half a character
   */
  static String check(String text, String field) {
    if (text.isBlank() || text.length() > MAX_LENGTH) {
      throw Problem.invalid(field, "must have 1 to " + MAX_LENGTH + " characters, not all blank");
    }
    boolean printable =
        text.codePoints()
            .noneMatch(
                point ->
                    Character.isISOControl(point)
                        || Character.getType(point) == Character.SURROGATE);
    if (!printable) {
      throw Problem.invalid(field, "must not hold control characters or unpaired surrogates");
    }
    return text;
  }
}
