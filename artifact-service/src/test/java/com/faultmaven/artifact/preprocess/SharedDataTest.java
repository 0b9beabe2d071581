package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.DataType.LOGS_AND_ERRORS;
import static com.faultmaven.common.model.artifact.DataType.METRICS_AND_PERFORMANCE;
import static com.faultmaven.common.model.artifact.DataType.UNSTRUCTURED_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.faultmaven.common.model.artifact.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real logs, series and runbooks, where they are at hand beside the project. */
class SharedDataTest {
  private final Path data = Path.of(System.getProperty("faultmaven.root", "."), "../shared/data");

  @BeforeEach
  void dataIsThere() {
    assumeTrue(Files.isDirectory(data), "no shared data beside the project");
  }

  @Test
  void classifiesRealFiles() throws IOException {
    assertThat(types("logs", ".log")).isNotEmpty().containsOnly(LOGS_AND_ERRORS);
    assertThat(types("metrics", ".csv")).isNotEmpty().containsOnly(METRICS_AND_PERFORMANCE);
    assertThat(types("runbooks", ".md")).isNotEmpty().containsOnly(UNSTRUCTURED_TEXT);
  }

  @Test
  void findsMostSevereRecordsOfRealLogs() throws IOException {
    Path bgl = data.resolve("logs/BGL/BGL_2k.log");

    Extraction found = Samples.ENGINE.extract(bgl, "BGL_2k.log", LOGS_AND_ERRORS, Samples.PLAIN);

    assertThat(found.summary()).contains("Most severe: fatal");
    assertThat(found.insights()).anyMatch(text -> text.startsWith("Largest burst"));
  }

  @Test
  void findsAnomaliesOfRealSeries() throws IOException {
    Path cpu = data.resolve("metrics/ec2_cpu_utilization_24ae8d.csv");

    Extraction found =
        Samples.ENGINE.extract(cpu, "cpu.csv", METRICS_AND_PERFORMANCE, Samples.PLAIN);

    assertThat(found.insights().getFirst()).contains("spike 2014-02-26T22:05:00Z");
  }

  private List<DataType> types(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .map(SharedDataTest::type)
          .toList();
    }
  }

  private static DataType type(Path file) {
    try {
      return Samples.ENGINE.classify(file, "upload", null).dataType();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
