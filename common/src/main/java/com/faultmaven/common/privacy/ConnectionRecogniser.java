package com.faultmaven.common.privacy;

import java.util.function.Consumer;

/**
 * The password in {@code scheme://user:password@host}, and a long token in {@code
 * scheme://token@host}; user and host stay, they are what one looks for in a failure. Also the
 * password in Oracle's {@code jdbc:oracle:thin:user/password@host}.
 */
final class ConnectionRecogniser implements Recogniser {
  private static final String ORACLE = "jdbc:oracle:thin:";
  private static final int LONGEST = 1_024;
  private static final int SHORTEST_TOKEN = 20;

  @Override
  public void find(String text, Consumer<Finding> found) {
    int mark = text.indexOf("://");
    while (mark >= 0) {
      int from = mark + 3;
      int end = userInfoEnd(text, from, true);
      if (end < 0 && !hasPort(text, from)) {
        end = userInfoEnd(text, from, false);
      }
      if (end > 0) {
        findSecret(text, from, end, found);
      }
      mark = text.indexOf("://", Math.max(from, end));
    }
    findOracle(text, found);
  }

  /** Where the last at sign of the authority is, or of the whole URL; -1 when there is none. */
  private static int userInfoEnd(String text, int from, boolean authorityOnly) {
    int at = -1;
    int limit = Math.min(text.length(), from + LONGEST);
    for (int i = from; i < limit; i++) {
      char c = text.charAt(i);
      if (c == '@') {
        at = i;
      } else if (Character.isWhitespace(c)
          || ("\"'`<>,".indexOf(c) >= 0 && (at >= 0 || c != ','))
          || (authorityOnly && "/?#".indexOf(c) >= 0)
          || text.startsWith("://", i)) {
        break;
      }
    }
    return at;
  }

  /** Whether what follows is a host and port, so that a later at sign belongs to the path. */
  private static boolean hasPort(String text, int from) {
    int i = from;
    int limit = Math.min(text.length(), from + LONGEST);
    while (i < limit
        && (Characters.isWord(text.charAt(i)) || ".-[]".indexOf(text.charAt(i)) >= 0)) {
      i++;
    }
    if (Characters.at(text, i) != ':') {
      return true;
    }
    int digits = i + 1;
    while (digits < limit && Characters.isDigit(text.charAt(digits))) {
      digits++;
    }
    return digits > i + 1 && "/?#".indexOf(Characters.at(text, digits)) >= 0;
  }

  private static void findSecret(String text, int from, int at, Consumer<Finding> found) {
    int colon = from + text.substring(from, at).indexOf(':');
    if (colon >= from) {
      if (Secrets.isValue(text.substring(colon + 1, at))) {
        found.accept(new Finding(colon + 1, at, FindingType.CONNECTION_PASSWORD));
      }
    } else if (at - from >= SHORTEST_TOKEN && Secrets.looksRandom(text.substring(from, at))) {
      found.accept(new Finding(from, at, FindingType.TOKEN));
    }
  }

  private static void findOracle(String text, Consumer<Finding> found) {
    int mark = text.indexOf(ORACLE);
    while (mark >= 0) {
      int from = mark + ORACLE.length();
      int at = userInfoEnd(text, from, false);
      int slash = at < 0 ? -1 : from + text.substring(from, at).indexOf('/');
      if (slash >= from && Secrets.isValue(text.substring(slash + 1, at))) {
        found.accept(new Finding(slash + 1, at, FindingType.CONNECTION_PASSWORD));
      }
      mark = text.indexOf(ORACLE, Math.max(from, at));
    }
  }
}
