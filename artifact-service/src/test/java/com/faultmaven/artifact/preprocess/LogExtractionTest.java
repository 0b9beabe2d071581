package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.DataType.LOGS_AND_ERRORS;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.artifact.preprocess.text.Level;
import com.faultmaven.artifact.preprocess.text.LevelReader;
import com.faultmaven.artifact.preprocess.text.Timestamp;
import com.faultmaven.artifact.preprocess.text.TimestampReader;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogExtractionTest {

  @Test
  void goesToMostSevereFailureAndItsFirstCause() throws IOException {
    Extraction found = Samples.extract("app.log", LOGS_AND_ERRORS);

    assertThat(found.method()).isEqualTo("crime_scene");
    assertThat(found.summary())
        .contains("14 lines", "fatal at line 13", "no database", "line 4", "95 %", "3 failures")
        .doesNotContain("0 failures");
    assertThat(found.insights().getFirst())
        .startsWith("fatal at line 13 (2026-03-01 10:01:30,000)");
    assertThat(found.fullExtraction())
        .contains("time range: 2026-03-01 10:00:00,100 to 2026-03-01 10:01:31,000")
        .contains("levels: fatal 1, error 2, warn 1, info 4")
        .contains("first at line 5", "last at line 13");
  }

  @Test
  void namesRootOfStackTrace() throws IOException {
    Extraction found = Samples.extract("trace.txt", LOGS_AND_ERRORS);

    assertThat(found.summary()).contains("java.lang.OutOfMemoryError: Java heap space");
  }

  @Test
  void readsRecordsOfJsonArrayAndOfJsonLines() throws IOException {
    assertThat(Samples.extract("records.json", LOGS_AND_ERRORS).summary())
        .contains("3 lines", "error at line 2: payment refused");
    assertThat(Samples.extract("lines.json", LOGS_AND_ERRORS).summary())
        .contains("error at line 2: dial tcp 10.0.0.1:5432: connection refused");
  }

  @Test
  void showsLastLinesWhenNothingFailed() throws IOException {
    StringBuilder log = new StringBuilder();
    for (int i = 1; i <= 3_000; i++) {
      log.append("2026-03-01 10:00:00 INFO step ").append((char) ('a' + i % 26)).append(" done\n");
    }

    Extraction found = Samples.extract(log.toString(), "a.log", LOGS_AND_ERRORS);

    assertThat(found.summary()).contains("No failure found");
    assertThat(found.fullExtraction()).contains("3000: ", "[left out: lines 1 to ");
  }

  @Test
  void findsBursts() throws IOException {
    StringBuilder log = new StringBuilder("2026-03-01 10:00:00 INFO start\n".repeat(300));
    for (int i = 0; i < 15; i++) {
      log.append("2026-03-01 10:05:0")
          .append(i % 10)
          .append(" ERROR request ")
          .append(i)
          .append(" failed\n");
    }
    log.append("2026-03-01 10:06:00 INFO end\n".repeat(300));

    Extraction found = Samples.extract(log.toString(), "a.log", LOGS_AND_ERRORS);

    assertThat(found.insights()).anyMatch(text -> text.contains("15 failures in lines 301 to 315"));
    assertThat(found.insights())
        .anyMatch(text -> text.startsWith("15 times: ERROR request <*> failed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "finished with 0 errors",
        "error=none",
        "no error found",
        "errors: 0",
        "{\"error\": null}",
        "error_count=0",
        "wrote /var/log/error.log",
        "without exception",
        "completed error-free",
        "GET /errors/list",
        "loaded error-handler",
        "0 failed, 12 passed",
        "failures=0"
      })
  void doesNotTakeDenialsForErrors(String line) {
    assertThat(LevelReader.level(line).isFailure()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 errors found | ERROR",
        "2026-03-01 10:00:00 [warning] slow | WARN",
        "level=error msg=\"0 of 3 up\" | ERROR",
        "E0102 15:04:05.123456 1 main.go:1] lost lease | ERROR",
        "<2>kernel: fire | CRITICAL",
        "panic: runtime error: index out of range | FATAL",
        "java.lang.NullPointerException: x | ERROR",
        "Out of memory: Killed process 12 | FATAL",
        "connection refused by peer | ERROR",
        "2026-03-01 INFO retry after error | INFO",
        "plain line | UNKNOWN",
      })
  void readsLevelFromFieldElseFromWords(String line, Level level) {
    assertThat(LevelReader.level(line)).isEqualTo(level);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-03-01T10:00:00.5Z x | 2026-03-01T10:00:00.500Z",
        "2026-03-01 10:00:00,250 +02:00 x | 2026-03-01T08:00:00.250Z",
        "[01/Mar/2026:10:00:00 +0000] x | 2026-03-01T10:00:00Z",
        "[Sun Mar 01 10:00:00 2026] x | 2026-03-01T10:00:00Z",
        "Mar  1 10:00:00 host x | 1970-03-01T10:00:00Z",
        "1772359200 x | 2026-03-01T10:00:00Z",
        "1772359200123 x | 2026-03-01T10:00:00.123Z",
        "081109 203615 148 INFO | 2008-11-09T20:36:15Z",
        "20260301-10:00:00 x | 2026-03-01T10:00:00Z",
        "01.03.2026 10:00:00 x | 2026-03-01T10:00:00Z",
      })
  void readsTimestamps(String line, Instant time) {
    Timestamp found = new TimestampReader().find(line);

    assertThat(found).isNotNull();
    assertThat(Instant.ofEpochMilli(found.epochMillis())).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-13-45T99:99:99Z", "version 10.2.3", "id 12345", ""})
  void findsNoTimestampWhereNoneIs(String line) {
    assertThat(new TimestampReader().find(line)).isNull();
  }

  @Test
  void saysThatBytesWereReplaced() throws IOException {
    byte[] bytes =
        "2026-03-01 10:00:00 ERROR caf\u00e9 is closed\n"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    Extraction found =
        Samples.ENGINE.extract(Samples.file(bytes), "a.log", LOGS_AND_ERRORS, Samples.PLAIN);

    assertThat(found.fullExtraction()).contains("1 invalid UTF-8 sequence replaced");
  }

  @Test
  void cleansBeforeItCuts() throws IOException {
    String secret = "S".repeat(200);
    String log = "2026-03-01 10:00:00 ERROR " + "x".repeat(210) + " key=" + secret + " end\n";

    Extraction found =
        Samples.extract(
            log,
            "a.log",
            LOGS_AND_ERRORS,
            ExtractionContext.of(text -> text.replace(secret, "[REDACTED]")));

    assertThat(found.summary() + found.fullExtraction() + found.insights()).doesNotContain("SSSS");
  }
}
