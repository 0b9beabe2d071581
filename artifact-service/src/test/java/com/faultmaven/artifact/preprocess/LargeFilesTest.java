package com.faultmaven.artifact.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.faultmaven.common.model.artifact.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files as large as may be uploaded, of the shapes that are worst for text processing. */
class LargeFilesTest {
  private static final int SIZE = 10 * 1024 * 1024;
  // A good deal more than it takes; a pattern or loop that is not linear takes hours.
  private static final Duration MOST = Duration.ofSeconds(30);

  static Stream<Arguments> shapes() {
    return Stream.of("log", "a", "\n", " ", "[", "- ", "a,1\n", "catch(")
        .flatMap(piece -> Stream.of(DataType.values()).map(type -> Arguments.of(piece, type)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void finishesWithinBounds(String piece, DataType type) throws IOException {
    byte[] bytes = piece.equals("log") ? log() : repeated(piece);
    Path file = Samples.file(bytes);
    try {
      Extraction found =
          assertTimeout(
              MOST,
              () -> {
                Samples.ENGINE.classify(file, "upload", null);
                return Samples.ENGINE.extract(file, "upload", type, Samples.PLAIN);
              });

      assertThat(found.summary()).isNotBlank();
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] repeated(String piece) {
    return piece.repeat(SIZE / piece.length()).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] log() {
    Random random = new Random(11);
    StringBuilder log = new StringBuilder(SIZE + 200);
    while (log.length() < SIZE) {
      int kind = random.nextInt(100);
      log.append("2026-03-01 10:00:00,").append(100 + random.nextInt(900));
      log.append(kind == 0 ? " ERROR" : kind < 4 ? " WARN " : " INFO ");
      log.append(" [worker-")
          .append(random.nextInt(16))
          .append("] com.acme.Service")
          .append(kind % 9);
      log.append(" - request ").append(random.nextInt(1_000_000)).append(" took ");
      log.append(random.nextInt(900))
          .append(" ms, user=")
          .append(random.nextInt(5_000))
          .append('\n');
    }
    return log.toString().getBytes(StandardCharsets.UTF_8);
  }
}
