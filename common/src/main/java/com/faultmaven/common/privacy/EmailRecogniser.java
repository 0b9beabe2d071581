package com.faultmaven.common.privacy;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** E-mail addresses, plain and with the at sign percent-encoded as in URLs. */
final class EmailRecogniser implements Recogniser {
  private static final int MAX_LOCAL = 64;
  private static final int MAX_DOMAIN = 253;

  /** Last labels that mark a file ({@code icon@2x.png}, {@code lib@1.2.tgz}), not a domain. */
  private static final Set<String> FILE_EXTENSIONS =
      Set.of("png", "jpg", "jpeg", "gif", "svg", "webp", "tgz", "gz", "zip", "js", "css", "json");

  @Override
  public void find(String text, Consumer<Finding> found) {
    find(text, "@", found);
    find(text, "%40", found);
  }

  private static void find(String text, String separator, Consumer<Finding> found) {
    int at = text.indexOf(separator);
    while (at >= 0) {
      int start = localStart(text, at);
      int end = domainEnd(text, at + separator.length());
      if (start < at && end > 0 && !isRepository(text, start, at, end)) {
        found.accept(new Finding(start, end, FindingType.EMAIL));
      }
      at = text.indexOf(separator, Math.max(at + separator.length(), end));
    }
  }

  private static int localStart(String text, int at) {
    int start = at;
    while (start > 0 && at - start < MAX_LOCAL && isLocal(text.charAt(start - 1))) {
      start--;
    }
    while (start < at
        && !Character.isLetterOrDigit(text.charAt(start))
        && text.charAt(start) != '_') {
      start++;
    }
    return start;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
  }

  /** Where the domain that begins there ends; -1 when there is none. */
  private static int domainEnd(String text, int from) {
    int i = from;
    int label = from;
    int lastDot = -1;
    while (i < text.length() && i - from < MAX_DOMAIN) {
      char c = text.charAt(i);
      if (c == '.'
          && i > label
          && i + 1 < text.length()
          && Character.isLetterOrDigit(text.charAt(i + 1))) {
        lastDot = i;
        label = i + 1;
      } else if (!Character.isLetterOrDigit(c) && !(c == '-' && i > label)) {
        break;
      }
      i++;
    }
    while (i > from && text.charAt(i - 1) == '-') {
      i--;
    }
    return lastDot > from && isTopLevel(text, lastDot + 1, i) ? i : -1;
  }

  private static boolean isTopLevel(String text, int from, int to) {
    if (to - from < 2) {
      return false;
    }
    String label = text.substring(from, to).toLowerCase(Locale.ROOT);
    return !FILE_EXTENSIONS.contains(label)
        && (label.startsWith("xn--") || label.chars().allMatch(Character::isLetter));
  }

  /** {@code git@host:path} names a repository, not a person. */
  private static boolean isRepository(String text, int start, int at, int end) {
    return text.substring(start, at).equals("git")
        && (Characters.at(text, end) == ':' || Characters.at(text, end) == '/');
  }
}
