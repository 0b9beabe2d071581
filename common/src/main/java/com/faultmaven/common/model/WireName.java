package com.faultmaven.common.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An enum whose values go over the wire, into columns and into query parameters in lower snake case
 * (decisions, section 2): {@code LOGS_AND_ERRORS} is {@code logs_and_errors}.
 */
public interface WireName {
  /** The constant's name in Java, as {@link Enum#name()} gives it. */
  String name();

  /** The value's name on the wire and in the database. */
  @JsonValue
  default String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a wire name.
   *
   * @return empty when no value of the type has that name; names are compared exactly
   */
  static <E extends Enum<E> & WireName> Optional<E> parse(Class<E> type, String wireName) {
    return Arrays.stream(type.getEnumConstants())
        .filter(value -> value.wireName().equals(wireName))
        .findFirst();
  }

  /**
   * Reads a wire name that this program has written itself.
   *
   * @throws IllegalArgumentException when no value of the type has that name; the message lists the
   *     names that there are
   */
  static <E extends Enum<E> & WireName> E require(Class<E> type, String wireName) {
    return parse(type, wireName)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no such " + type.getSimpleName() + "; one of " + names(type)));
  }

  /** All wire names of the type, comma-separated, for messages. */
  static <E extends Enum<E> & WireName> String names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(WireName::wireName)
        .collect(Collectors.joining(", "));
  }
}
