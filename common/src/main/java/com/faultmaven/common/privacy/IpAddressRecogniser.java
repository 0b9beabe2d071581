package com.faultmaven.common.privacy;

import java.util.function.Consumer;

/** IPv4 and IPv6 addresses; loopback and unspecified ones belong to nobody and stay. */
final class IpAddressRecogniser implements Recogniser {
  /** Of an address with port and some dots around it. */
  private static final int LONGEST = 60;

  @Override
  public void find(String text, Consumer<Finding> found) {
    int i = 0;
    while (i < text.length()) {
      int end = i;
      int separators = 0;
      while (end < text.length() && isPart(text.charAt(end))) {
        separators += Character.isLetterOrDigit(text.charAt(end)) ? 0 : 1;
        end++;
      }
      boolean free =
          !Characters.isWord(Characters.at(text, i - 1))
              && !Characters.isWord(Characters.at(text, end));
      if (separators >= 2 && end - i <= LONGEST && free) {
        examine(text.substring(i, end), i, found);
      }
      i = Math.max(end, i + 1);
    }
  }

  private static boolean isPart(char c) {
    return (Character.digit(c, 16) >= 0 && c < 128) || c == '.' || c == ':';
  }

  /** Looks at a run of such characters, without the dots around it and the port behind it. */
  private static void examine(String run, int offset, Consumer<Finding> found) {
    int start = 0;
    int end = run.length();
    while (start < end && run.charAt(start) == '.') {
      start++;
    }
    while (end > start && run.charAt(end - 1) == '.') {
      end--;
    }
    int dot = run.indexOf('.', start);
    int colon = run.indexOf(':', start);
    if (dot >= 0 && dot < colon && colon < end) {
      end = colon;
    }
    String candidate = run.substring(start, end);
    if (isVersion4(candidate) || isVersion6(candidate)) {
      found.accept(new Finding(offset + start, offset + end, FindingType.IP_ADDRESS));
    }
  }

  private static boolean isVersion4(String candidate) {
    String[] parts = candidate.split("\\.", -1);
    if (parts.length != 4 || candidate.startsWith("127.") || candidate.equals("0.0.0.0")) {
      return false;
    }
    for (String part : parts) {
      if (part.isEmpty()
          || part.length() > 3
          || !part.chars().allMatch(c -> Characters.isDigit((char) c))
          || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVersion6(String candidate) {
    int gap = candidate.indexOf("::");
    if (candidate.equals("::1")
        || candidate.equals("::")
        || (gap >= 0 && candidate.indexOf("::", gap + 1) > gap)) {
      return false;
    }
    String[] groups = candidate.split(":", -1);
    int filled = 0;
    for (int i = 0; i < groups.length; i++) {
      String group = groups[i];
      boolean embedded = i == groups.length - 1 && group.indexOf('.') > 0 && isVersion4(group);
      if (!embedded && (group.length() > 4 || group.indexOf('.') >= 0)) {
        return false;
      }
      filled += embedded ? 2 : group.isEmpty() ? 0 : 1;
    }
    return gap >= 0 ? filled >= 2 && filled <= 7 : filled == 8 && groups.length >= 7;
  }
}
