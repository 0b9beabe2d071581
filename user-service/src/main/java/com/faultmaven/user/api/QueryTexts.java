package com.faultmaven.user.api;

import com.faultmaven.common.model.WireName;
import com.faultmaven.common.web.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Reads query parameters. One that is not given is null; a bad one is answered 400. */
final class QueryTexts {
  private static final int LAST_YEAR = 9_999;

  private QueryTexts() {}

  /** A time in RFC 3339. */
  static @Nullable Instant time(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(text);
      if (time.getYear() >= 0 && time.getYear() <= LAST_YEAR) {
        return time.toInstant();
      }
    } catch (DateTimeException notATime) {
      throw noTime(name);
    }
    throw noTime(name);
  }

  private static Problem noTime(String name) {
    return Problem.invalid(name, "must be an RFC 3339 time like 2026-01-31T12:00:00Z");
  }

  /** One value of an enum. */
  static <E extends Enum<E> & WireName> @Nullable E one(
      String name, Class<E> type, @Nullable String text) {
    return text == null
        ? null
        : WireName.parse(type, text)
            .orElseThrow(() -> Problem.invalid(name, "must be one of " + WireName.names(type)));
  }
}
