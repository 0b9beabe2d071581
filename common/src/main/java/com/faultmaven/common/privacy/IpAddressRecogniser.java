package com.faultmaven.common.privacy;

import java.util.function.Consumer;

/** IPv4 and IPv6 addresses; loopback and unspecified ones belong to nobody and stay. */
final class IpAddressRecogniser implements Recogniser {
  private static final int LONGEST = 45;

  @Override
  public void find(String text, Consumer<Finding> found) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (!isPart(c)) {
        i++;
        continue;
      }
      int end = i;
      while (end < text.length() && isPart(text.charAt(end))) {
        end++;
      }
      if (!Characters.isWord(Characters.at(text, i - 1))
          && !Characters.isWord(Characters.at(text, end))) {
        examine(text, i, end, found);
      }
      i = end;
    }
  }

  private static boolean isPart(char c) {
    return Character.digit(c, 16) >= 0 && c < 128 || c == '.' || c == ':';
  }

  private static void examine(String text, int from, int to, Consumer<Finding> found) {
    int start = from;
    int end = to;
    while (start < end && text.charAt(start) == '.') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == '.') {
      end--;
    }
    int port = text.indexOf(':', start);
    boolean withPort = port > start && port < end && text.indexOf('.', start) < port;
    int hostEnd = withPort && text.indexOf('.', start) >= 0 ? port : end;
    if (hostEnd - start > LONGEST || hostEnd <= start) {
      return;
    }
    String candidate = text.substring(start, hostEnd);
    if (isVersion4(candidate) || isVersion6(candidate)) {
      found.accept(new Finding(start, hostEnd, FindingType.IP_ADDRESS));
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
        || candidate.indexOf("::", gap + 1) > gap && gap >= 0) {
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
