package com.faultmaven.artifact.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingFilesTest {
  @Test
  void deletesAtStartWhatKilledProcessesLeft(@TempDir Path folder) throws Exception {
    Path home = folder.resolve("uploads");
    Process ended = new ProcessBuilder("true").start();
    assertThat(ended.waitFor()).isZero();
    Path left = Files.createDirectories(home.resolve(Long.toString(ended.pid())));
    Files.writeString(left.resolve("upload-1.part"), "raw");
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    Path living = Files.createDirectories(home.resolve(Long.toString(parent)));
    Path inUse = Files.writeString(living.resolve("upload-2.part"), "raw");
    Vertx vertx = Vertx.vertx();
    try {
      WorkingFiles files = new WorkingFiles(vertx, settings(home));

      files.prepare();

      assertThat(left).doesNotExist();
      assertThat(inUse).exists();
      WorkingFiles.Opened opened = files.open().await().atMost(Duration.ofSeconds(10));
      assertThat(opened.path()).startsWith(home);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
          .isEqualTo("rwx------");
    } finally {
      vertx.close().await().atMost(Duration.ofSeconds(10));
    }
  }

  private static UploadSettings settings(Path home) {
    return new SmallRyeConfigBuilder()
        .withMapping(UploadSettings.class)
        .withDefaultValue("faultmaven.upload.directory", home.toString())
        .build()
        .getConfigMapping(UploadSettings.class);
  }
}
