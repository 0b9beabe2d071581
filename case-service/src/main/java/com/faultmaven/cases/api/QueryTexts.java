package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.CaseCollection;
import com.faultmaven.cases.domain.CaseParts;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query parameters; what cannot be read is a 400 that names the parameter. */
final class QueryTexts {
  private static final Pattern LAST = Pattern.compile("last:[0-9]{1,6}");

  private QueryTexts() {}

  /** A page by offset. */
  static PageRequest page(@Nullable String limit, @Nullable String offset) {
    return PageRequest.of(number("limit", limit), number("offset", offset));
  }

  /** The size of a page by cursor, 1 to 200. */
  static int limit(@Nullable String limit) {
    return page(limit, null).limit();
  }

  /**
   * Whether a list begins with its newest row.
   *
   * @param order {@code asc} or {@code desc}
   * @param otherwise when it is not given
   */
  static boolean newestFirst(@Nullable String order, boolean otherwise) {
    return switch (order == null ? "" : order) {
      case "" -> otherwise;
      case "asc" -> false;
      case "desc" -> true;
      default -> throw Problem.invalid("order", "must be asc or desc");
    };
  }

  /**
   * Which parts of a case are wanted.
   *
   * @param include names of collections, comma-separated or repeated; null for all
   * @param messages {@code last:} and a number; null for all messages, when they are included
   */
  static CaseParts parts(@Nullable List<String> include, @Nullable String messages) {
    Set<CaseCollection> collections = many("include", CaseCollection.class, include);
    if (collections.isEmpty()) {
      collections = EnumSet.allOf(CaseCollection.class);
    }
    if (messages == null || messages.isEmpty()) {
      return CaseParts.of(collections, null);
    }
    if (!LAST.matcher(messages).matches()) {
      throw lastMessages();
    }
    int last = Integer.parseInt(messages.substring(messages.indexOf(':') + 1));
    if (last < 1 || last > CaseParts.MAX_LAST) {
      throw lastMessages();
    }
    collections.add(CaseCollection.MESSAGES);
    return CaseParts.of(collections, last);
  }

  private static Problem lastMessages() {
    return Problem.invalid(
        "messages", "must be last: and a number from 1 to " + CaseParts.MAX_LAST);
  }

  private static @Nullable Integer number(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException notANumber) {
      throw Problem.invalid(name, "must be a whole number");
    }
  }

  /** A time in RFC 3339; null when it is not given. */
  static @Nullable Instant time(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException notATime) {
      throw Problem.invalid(name, "must be an RFC 3339 time like 2026-01-31T12:00:00Z");
    }
  }

  /** One value of an enum; null when it is not given. */
  static <E extends Enum<E> & WireName> @Nullable E one(
      String name, Class<E> type, @Nullable String text) {
    return text == null || text.isEmpty() ? null : parse(name, type, text);
  }

  /** Values of an enum, from repeated parameters and from comma-separated ones. */
  static <E extends Enum<E> & WireName> Set<E> many(
      String name, Class<E> type, @Nullable List<String> texts) {
    Set<E> values = EnumSet.noneOf(type);
    for (String text : texts == null ? List.<String>of() : texts) {
      for (String part : text.split(",", -1)) {
        if (!part.isBlank()) {
          values.add(parse(name, type, part.strip()));
        }
      }
    }
    return values;
  }

  private static <E extends Enum<E> & WireName> E parse(String name, Class<E> type, String text) {
    return WireName.parse(type, text)
        .orElseThrow(() -> Problem.invalid(name, "must be one of " + WireName.names(type)));
  }

  /** A text of at most so many characters; null when it is not given or empty. */
  static @Nullable String text(String name, @Nullable String text, int max) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    if (text.isBlank() || text.length() > max || !Text.Check.isStorable(text)) {
      throw Problem.invalid(
          name, "must be well-formed text of 1 to " + max + " characters and not blank");
    }
    return text;
  }

  /**
   * The version that an If-Match header names; null when it is absent or {@code *}.
   *
   * @throws Problem 412 when it is no ETag of a case: nothing can match it
   */
  static @Nullable Long version(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    String tag = ifMatch.strip();
    try {
      if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
        return Long.valueOf(tag.substring(1, tag.length() - 1));
      }
    } catch (NumberFormatException notOurs) {
      throw noMatch();
    }
    throw noMatch();
  }

  private static Problem noMatch() {
    return Problem.of(
        412, "version-conflict", "If-Match must be one ETag as a case answered it, like \"3\".");
  }
}
