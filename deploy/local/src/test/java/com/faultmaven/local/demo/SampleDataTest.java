package com.faultmaven.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDataTest {
  @TempDir private Path directory;

  @Test
  void writesFilesOfRealisticSize() throws IOException {
    DemoInput input = SampleData.writeTo(directory);
    assertThat(input.files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("orders-api.log", "orders-api-metrics.csv", "orders-api.yaml");
    assertThat(Files.readAllLines(input.files().get(0))).hasSizeGreaterThan(4_000);
    assertThat(Files.readAllLines(input.files().get(1))).hasSize(2_881);
    assertThat(Files.readAllLines(input.files().get(2))).hasSizeGreaterThan(300);
    assertThat(input.runbooks()).hasSize(2).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    for (Path file : input.files()) {
      assertThat(Files.size(file)).isLessThan(InputDirectory.LARGEST);
    }
  }

  @Test
  void writesTheSameBytesEachTime() throws IOException {
    List<String> first = new SampleLog().lines();
    assertThat(new SampleLog().lines()).isEqualTo(first);
    assertThat(new SampleMetrics().lines()).isEqualTo(new SampleMetrics().lines());
  }

  @Test
  void tellsTheStoryInTheRightOrder() {
    List<String> log = new SampleLog().lines();
    assertThat(indexOf(log, "starting orders-api 4.12.0"))
        .isLessThan(indexOf(log, "Connection is not available"));
    assertThat(indexOf(log, "Connection is not available"))
        .isLessThan(indexOf(log, "without back-off"));
    assertThat(indexOf(log, "without back-off")).isLessThan(indexOf(log, "OrdersHeartbeatMissing"));
    assertThat(indexOf(log, "OrdersHeartbeatMissing")).isLessThan(indexOf(log, "rollback"));
    assertThat(log.stream().filter(line -> line.startsWith("2026-")).toList())
        .isSortedAccordingTo((a, b) -> a.substring(0, 24).compareTo(b.substring(0, 24)));
  }

  private static int indexOf(List<String> log, String words) {
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i).contains(words)) {
        return i;
      }
    }
    throw new AssertionError("no line with " + words);
  }
}
