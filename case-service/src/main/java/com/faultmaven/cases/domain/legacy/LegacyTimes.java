package com.faultmaven.cases.domain.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Times of the previous layout: RFC 3339, the same without an offset (UTC), or seconds or
 * milliseconds since 1970; between the years 2000 and 2100, to the microsecond.
 */
final class LegacyTimes {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  /** In seconds the year 5138, in milliseconds the year 1973. */
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(100_000_000_000L);

  private static final BigDecimal MICROS_OF_SECOND = BigDecimal.valueOf(1_000_000);
  private static final BigDecimal MICROS_OF_MILLISECOND = BigDecimal.valueOf(1_000);

  private LegacyTimes() {}

  /** Reads a time; empty when it is none of these. */
  static Optional<Instant> parse(JsonNode node) {
    String text = node.isNumber() ? node.decimalValue().toString() : node.asText().strip();
    if (node.isContainerNode() || node.isBoolean()) {
      return Optional.empty();
    }
    return (NUMBER.matcher(text).matches() ? sinceEpoch(new BigDecimal(text)) : written(text))
        .filter(time -> !time.isBefore(FIRST) && time.isBefore(LAST));
  }

  private static Optional<Instant> sinceEpoch(BigDecimal number) {
    BigDecimal unit = number.compareTo(MOST_SECONDS) < 0 ? MICROS_OF_SECOND : MICROS_OF_MILLISECOND;
    BigDecimal micros = number.multiply(unit).setScale(0, RoundingMode.DOWN);
    if (micros.precision() > 18) {
      return Optional.empty();
    }
    return Optional.of(Instant.EPOCH.plus(micros.longValueExact(), ChronoUnit.MICROS));
  }

  private static Optional<Instant> written(String text) {
    String iso = text.replaceFirst("(?<=^[0-9]{4}-[0-9]{2}-[0-9]{2}) ", "T");
    try {
      boolean offset = iso.length() > 19 && iso.substring(19).matches(".*[Zz+-].*");
      Instant time =
          offset
              ? OffsetDateTime.parse(iso).toInstant()
              : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
      return Optional.of(time.truncatedTo(ChronoUnit.MICROS));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}
