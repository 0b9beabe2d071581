package com.faultmaven.common.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T12:00:00.123456Z",
        "1969-12-31T23:59:59.999999Z",
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z"
      })
  void survivesTheWayToTheCallerAndBack(String time) {
    Cursor cursor = new Cursor(Instant.parse(time), "id:with:colons");

    assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
  }

  @Test
  void isAbsentAtTheBeginning() {
    assertThat(Cursor.decode(null)).isNull();
    assertThat(Cursor.decode("")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"!", "bm9wZQ", "OjE", "MTIz", "OTk5OTk5OTk5OTk5OTk5OTk5OTk6YQ"})
  void refusesWhatWasNeverGivenOut(String text) {
    assertThatThrownBy(() -> Cursor.decode(text))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.errors()).extracting(FieldError::field).containsExactly("cursor");
            });
  }
}
