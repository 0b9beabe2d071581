package com.faultmaven.common.privacy;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The credentials in {@code Authorization} and {@code Cookie} headers, wherever they are quoted,
 * and behind the word {@code Bearer}. The scheme stays.
 */
final class AuthorizationRecogniser implements Recogniser {
  private static final int LONGEST_SCHEME = 32;
  private static final int LONGEST_PLACEHOLDER = 256;
  private static final Set<String> SCHEMES =
      Set.of(
          "basic",
          "bearer",
          "token",
          "negotiate",
          "ntlm",
          "apikey",
          "key",
          "digest",
          "hawk",
          "aws4-hmac-sha256",
          "sharedkey",
          "sharedaccesssignature",
          "oauth");

  /** Schemes whose credentials are a list of parameters. */
  private static final Set<String> WITH_PARAMETERS =
      Set.of("digest", "hawk", "aws4-hmac-sha256", "sharedaccesssignature", "oauth");

  private static final int SHORTEST_BEARER = 16;

  @Override
  public void find(String text, Consumer<Finding> found) {
    findHeaders(text, "uthorization", FindingType.AUTHORIZATION, found);
    findHeaders(text, "UTHORIZATION", FindingType.AUTHORIZATION, found);
    findHeaders(text, "ookie", FindingType.COOKIE, found);
    findHeaders(text, "COOKIE", FindingType.COOKIE, found);
    findBearers(text, "earer ", found);
    findBearers(text, "EARER ", found);
  }

  private static void findHeaders(
      String text, String name, FindingType type, Consumer<Finding> found) {
    int at = text.indexOf(name);
    while (at >= 0) {
      int end = at + name.length();
      int value = valueStart(text, end);
      if (value > 0) {
        end =
            Math.max(
                end,
                type == FindingType.COOKIE
                    ? cookie(text, value, found)
                    : credentials(text, value, found));
      }
      at = text.indexOf(name, end);
    }
  }

  /** Where the header's value begins; -1 when no separator follows its name. */
  private static int valueStart(String text, int nameEnd) {
    int i = nameEnd;
    while (i < text.length() && i - nameEnd < 4 && isQuoting(text.charAt(i))) {
      i++;
    }
    i = Characters.afterBlanks(text, i, 4);
    char separator = Characters.at(text, i);
    if (separator != ':' && separator != '=') {
      return -1;
    }
    i = Characters.afterBlanks(text, Characters.at(text, i + 1) == '>' ? i + 2 : i + 1, 4);
    int open = i;
    while (i < text.length()
        && i - open < 3
        && (isQuoting(text.charAt(i))
            || (text.charAt(i) == '[' && !text.startsWith("[REDACTED:", i)))) {
      i++;
    }
    return i;
  }

  private static boolean isQuoting(char c) {
    return Characters.isQuote(c) || c == '\\';
  }

  /** Where the quotes or the line end. */
  private static int headerEnd(String text, int from) {
    int i = from;
    while (i < text.length()
        && !Characters.isLineEnd(text.charAt(i))
        && !isQuoting(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static int wordEnd(String text, int from) {
    int i = from;
    while (i < text.length()
        && !Character.isWhitespace(text.charAt(i))
        && !isQuoting(text.charAt(i))
        && ",;)}<>".indexOf(text.charAt(i)) < 0) {
      i++;
    }
    return i;
  }

  private static int credentials(String text, int from, Consumer<Finding> found) {
    int schemeEnd = wordEnd(text, from);
    String scheme =
        text.substring(from, Math.min(schemeEnd, from + LONGEST_SCHEME)).toLowerCase(Locale.ROOT);
    boolean known = SCHEMES.contains(scheme);
    int start = known ? Characters.afterBlanks(text, schemeEnd, 4) : from;
    int end = WITH_PARAMETERS.contains(scheme) ? headerEnd(text, start) : wordEnd(text, start);
    if (WITH_PARAMETERS.contains(scheme)) {
      end = Characters.lineEnd(text, start); // the parameters have quotes of their own
    }
    String value = text.substring(start, end);
    // What is long stands for no secret but is one, and looking into it again at the next header
    // would take time that grows with the square of the text.
    boolean isLong = value.length() > LONGEST_PLACEHOLDER;
    if (isLong || (Secrets.isValue(value) && (known || Secrets.looksRandom(value)))) {
      found.accept(new Finding(start, end, FindingType.AUTHORIZATION));
      return end;
    }
    return start;
  }

  private static int cookie(String text, int from, Consumer<Finding> found) {
    int end = headerEnd(text, from);
    String value = text.substring(from, end);
    int equals = value.indexOf('=');
    if (equals > 0 && equals < 60 && value.lastIndexOf(' ', equals) < 0 && Secrets.isValue(value)) {
      found.accept(new Finding(from, end, FindingType.COOKIE));
    }
    return end;
  }

  private static void findBearers(String text, String word, Consumer<Finding> found) {
    int at = text.indexOf(word);
    while (at >= 0) {
      int start = Characters.afterBlanks(text, at + word.length(), 4);
      int end = wordEnd(text, start);
      String value = text.substring(start, end);
      if (value.length() >= SHORTEST_BEARER
          && Secrets.isValue(value)
          && Secrets.looksRandom(value)) {
        found.accept(new Finding(start, end, FindingType.AUTHORIZATION));
      }
      at = text.indexOf(word, Math.max(end, start));
    }
  }
}
