package com.faultmaven.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputDirectoryTest {
  @TempDir private Path directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private InputDirectory input;

  @BeforeEach
  void look() {
    input = new InputDirectory(directory, new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  @Test
  void takesFilesOfSubdirectoriesAndNoLicence() throws IOException {
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("a/b/x.log"), "x");
    Files.writeString(directory.resolve("z"), "z");
    Files.writeString(directory.resolve("LICENSE"), "free");
    Files.writeString(directory.resolve(".hidden"), "h");
    assertThat(input.files())
        .containsExactly(directory.resolve("a/b/x.log"), directory.resolve("z"));
    assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void saysWhatItLeavesOut() throws IOException {
    Files.createFile(directory.resolve("empty.log"));
    try (RandomAccessFile large =
        new RandomAccessFile(directory.resolve("large.log").toFile(), "rw")) {
      large.setLength(InputDirectory.LARGEST + 1);
    }
    assertThat(input.files()).isEmpty();
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("skipping empty.log: it is empty")
        .contains("skipping large.log: 10,485,761 bytes");
  }

  @Test
  void stopsAtItsBound() throws IOException {
    for (int i = 0; i < InputDirectory.MOST_FILES + 3; i++) {
      Files.writeString(directory.resolve("%03d.log".formatted(i)), "x");
    }
    assertThat(input.files()).hasSize(InputDirectory.MOST_FILES);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("3 files more than 50");
  }

  @Test
  void takesDocumentsAlone() throws IOException {
    Files.writeString(directory.resolve("runbook.md"), "# Disk full\n");
    Files.writeString(directory.resolve("picture.png"), "x");
    assertThat(input.documents()).containsExactly(directory.resolve("runbook.md"));
    assertThat(Markdown.title(directory.resolve("runbook.md"))).isEqualTo("Disk full");
  }
}
