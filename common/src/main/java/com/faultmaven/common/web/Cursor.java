package com.faultmaven.common.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list ordered by time and id: the last row that the caller has seen.
 *
 * @param time the row's time
 * @param id the row's id, which decides between rows of one time
 */
public record Cursor(Instant time, String id) {
  /** The opaque text that goes to the caller. */
  public String encode() {
    long micros = time.getEpochSecond() * 1_000_000L + time.getNano() / 1_000;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((micros + ":" + id).getBytes(UTF_8));
  }

  /**
   * Reads a caller's cursor.
   *
   * @return null when there is none
   * @throws Problem 400 when the text is not a cursor that was given out
   */
  public static @Nullable Cursor decode(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), UTF_8);
      int colon = plain.indexOf(':');
      if (colon > 0 && plain.length() < 400) {
        long micros = Long.parseLong(plain.substring(0, colon));
        Instant time =
            Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        return new Cursor(time, plain.substring(colon + 1));
      }
    } catch (IllegalArgumentException | DateTimeException notOurs) {
      throw refused();
    }
    throw refused();
  }

  private static Problem refused() {
    return Problem.invalid("cursor", "not a cursor of this list; send next_cursor as it was given");
  }
}
