package com.faultmaven.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.local.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoMainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws InterruptedException {
    return DemoMain.run(
        List.of(arguments),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void explainsItself() throws InterruptedException {
    assertThat(run("--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("usage: ./faultmaven demo", "--runbooks");
  }

  @Test
  void refusesAWrongCommandLine(@TempDir Path empty) throws InterruptedException {
    assertThat(run("--file", "x")).isEqualTo(ExitCode.USAGE);
    assertThat(run("--files")).isEqualTo(ExitCode.USAGE);
    assertThat(run("--files", empty.resolve("none").toString())).isEqualTo(ExitCode.USAGE);
    assertThat(run("--files", empty.toString())).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("unknown argument --file")
        .contains("--files needs a directory")
        .contains("is no directory")
        .contains("--files holds nothing that can be used");
  }
}
