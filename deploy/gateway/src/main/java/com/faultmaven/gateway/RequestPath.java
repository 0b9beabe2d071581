package com.faultmaven.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request in the one spelling that is routed and passed on.
 *
 * <p>What is checked here is exactly what the service gets: a path that two programs could read
 * differently (dot segments, empty segments, encoded dots, backslashes, path parameters, control
 * characters) is refused and not repaired, so that no spelling leads around a route.
 *
 * @param path begins with a slash; needlessly encoded characters are decoded
 * @param query without the question mark, untouched; null when there is none
 * @param segments the parts of the path between slashes, still encoded
 */
record RequestPath(String path, @Nullable String query, List<String> segments) {
  private static final String UNRESERVED_MARKS = "-._~";
  private static final String PLAIN_MARKS = UNRESERVED_MARKS + "!$&'()*+,=:@/";

  RequestPath {
    segments = List.copyOf(segments);
  }

  /** Reads a request target in origin form ({@code /path?query}); empty when it is refused. */
  static Optional<RequestPath> parse(String target) {
    int mark = target.indexOf('?');
    String raw = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? null : target.substring(mark + 1);
    if (!raw.startsWith("/") || (query != null && query.indexOf('#') >= 0)) {
      return Optional.empty();
    }
    return normalise(raw)
        .flatMap(path -> split(path).map(segments -> new RequestPath(path, query, segments)));
  }

  /** Path and query as they are passed on. */
  String target() {
    return query == null ? path : path + "?" + query;
  }

  private static Optional<String> normalise(String raw) {
    StringBuilder path = new StringBuilder(raw.length());
    for (int at = 0; at < raw.length(); at++) {
      char character = raw.charAt(at);
      if (character != '%') {
        if (!isPlain(character)) {
          return Optional.empty();
        }
        path.append(character);
        continue;
      }
      int octet = octet(raw, at + 1);
      if (octet < 0x20 || octet == 0x7f || octet == '\\' || octet == ';') {
        return Optional.empty();
      }
      if (isUnreserved((char) octet)) {
        path.append((char) octet);
      } else {
        path.append(raw.substring(at, at + 3).toUpperCase(Locale.ROOT));
      }
      at += 2;
    }
    return Optional.of(path.toString());
  }

  private static Optional<List<String>> split(String path) {
    List<String> segments = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
    if (segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    for (String segment : segments) {
      if (segment.isEmpty() || climbs(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(segments);
  }

  /** Whether a segment is a dot segment, or would hold one where encoded slashes are decoded. */
  private static boolean climbs(String segment) {
    for (String part : segment.split("%2F", -1)) {
      if (part.equals(".") || part.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /** The octet written as two hexadecimal digits; -1 when there are no such digits. */
  private static int octet(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    boolean ascii = text.charAt(at) < 0x80 && text.charAt(at + 1) < 0x80;
    return ascii && high >= 0 && low >= 0 ? high * 16 + low : -1;
  }

  private static boolean isPlain(char character) {
    return isAlphanumeric(character) || PLAIN_MARKS.indexOf(character) >= 0;
  }

  private static boolean isUnreserved(char character) {
    return isAlphanumeric(character) || UNRESERVED_MARKS.indexOf(character) >= 0;
  }

  private static boolean isAlphanumeric(char character) {
    return character < 0x80 && Character.isLetterOrDigit(character);
  }

  /** The path in a form that may be shown and logged, whatever the client sent. */
  static String printable(String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String limited = path.length() > 200 ? path.substring(0, 200) + "…" : path;
    byte[] ascii = limited.getBytes(StandardCharsets.US_ASCII);
    return new String(ascii, StandardCharsets.US_ASCII).replaceAll("[^!-~]", "?");
  }
}
