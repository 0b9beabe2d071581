package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.DataType.LOGS_AND_ERRORS;
import static com.faultmaven.common.model.artifact.DataType.METRICS_AND_PERFORMANCE;
import static com.faultmaven.common.model.artifact.DataType.STRUCTURED_CONFIG;
import static com.faultmaven.common.model.artifact.DataType.UNANALYZABLE;
import static com.faultmaven.common.model.artifact.DataType.UNSTRUCTURED_TEXT;
import static com.faultmaven.common.model.artifact.DataType.VISUAL_EVIDENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.model.artifact.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassificationTest {
  private static final String TYPES =
      """
      app.log, LOGS_AND_ERRORS
      access.log, LOGS_AND_ERRORS
      records.json, LOGS_AND_ERRORS
      lines.json, LOGS_AND_ERRORS
      trace.txt, LOGS_AND_ERRORS
      traceback.txt, LOGS_AND_ERRORS
      cpu.csv, METRICS_AND_PERFORMANCE
      metrics.prom, METRICS_AND_PERFORMANCE
      range.json, METRICS_AND_PERFORMANCE
      samples.jsonl, METRICS_AND_PERFORMANCE
      deploy.yaml, STRUCTURED_CONFIG
      app.toml, STRUCTURED_CONFIG
      app.ini, STRUCTURED_CONFIG
      app.properties, STRUCTURED_CONFIG
      settings.env, STRUCTURED_CONFIG
      settings.xml, STRUCTURED_CONFIG
      main.tf, STRUCTURED_CONFIG
      nginx.conf, STRUCTURED_CONFIG
      tsconfig.json, STRUCTURED_CONFIG
      Foo.java, SOURCE_CODE
      a.py, SOURCE_CODE
      a.go, SOURCE_CODE
      a.ts, SOURCE_CODE
      a.rs, SOURCE_CODE
      a.c, SOURCE_CODE
      a.sql, SOURCE_CODE
      a.sh, SOURCE_CODE
      runbook.md, UNSTRUCTURED_TEXT
      postmortem.txt, UNSTRUCTURED_TEXT
      """;

  @ParameterizedTest
  @CsvSource(textBlock = TYPES)
  void findsTypeOfContentAndName(String name, DataType type) throws IOException {
    Classification found = Samples.ENGINE.classify(Samples.resource(name), name, null);

    assertThat(found.dataType()).isEqualTo(type);
    assertThat(found.confidence()).isBetween(0.4, 1.0);
    assertThat(found.scores()).containsKey(type);
    assertThat(found.alternatives()).doesNotContain(type);
  }

  @ParameterizedTest
  @CsvSource(textBlock = TYPES)
  void findsTypeWithoutHelpfulName(String name, DataType type) throws IOException {
    Path file = Samples.resource(name);

    assertThat(Samples.ENGINE.classify(file, "upload", null).dataType()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"app.log, x.java", "cpu.csv, x.log", "deploy.yaml, x.csv", "runbook.md, x.log"})
  void believesContentBeforeName(String name, String misleading) throws IOException {
    Path file = Samples.resource(name);

    assertThat(Samples.ENGINE.classify(file, misleading, "application/json").dataType())
        .isEqualTo(Samples.ENGINE.classify(file, name, null).dataType());
  }

  @Test
  void doesNotUnpackArchives() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("app.log"));
      zip.write("2026-03-01 10:00:00 ERROR boom\n".getBytes(StandardCharsets.UTF_8));
    }
    Path archive = Samples.file(bytes.toByteArray());

    Classification found = Samples.ENGINE.classify(archive, "app.log", "text/plain");

    assertThat(found.dataType()).isEqualTo(UNANALYZABLE);
    assertThat(found.mediaType()).isEqualTo("application/zip");
  }

  @Test
  void takesExecutablesForUnanalyzable() throws IOException {
    byte[] elf = new byte[4_096];
    elf[0] = 0x7F;
    elf[1] = 'E';
    elf[2] = 'L';
    elf[3] = 'F';
    elf[4] = 2;

    assertThat(Samples.ENGINE.classify(Samples.file(elf), "tool.log", null).dataType())
        .isEqualTo(UNANALYZABLE);
  }

  @Test
  void knowsImagesByTheirFirstBytes() throws IOException {
    byte[] png = {
      (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0
    };

    assertThat(Samples.ENGINE.classify(Samples.file(png), "shot.log", null).dataType())
        .isEqualTo(VISUAL_EVIDENCE);
  }

  @Test
  void readsUtf16() throws IOException {
    String log = "2026-03-01 10:00:00 ERROR cannot connect\n".repeat(20);
    Path file = Samples.file(("\uFEFF" + log).getBytes(StandardCharsets.UTF_16LE));

    assertThat(Samples.ENGINE.classify(file, "upload", null).dataType()).isEqualTo(LOGS_AND_ERRORS);
  }

  @Test
  void samplesTailAndMiddleOfLargeFiles() throws IOException {
    String rows = "2026-01-01 00:00:00,%d.5\n".formatted(7).repeat(20_000);

    assertThat(Samples.classify("time,value\n" + rows, "upload").dataType())
        .isEqualTo(METRICS_AND_PERFORMANCE);
  }

  @Test
  void tellsPrettyPrintedSettingsFromRecords() throws IOException {
    String settings =
        """
        {"server": {"port": 8080, "hosts": ["a", "b"]},
         "logging": {"level": "info", "message": "%m%n"},
         "limits": [{"name": "a", "value": 3}, {"name": "b", "value": 4}]}
        """;

    assertThat(Samples.classify(settings, "upload").dataType()).isEqualTo(STRUCTURED_CONFIG);
  }

  @Test
  void fallsBackToText() throws IOException {
    assertThat(Samples.classify("hello", "note").dataType()).isEqualTo(UNSTRUCTURED_TEXT);
  }
}
