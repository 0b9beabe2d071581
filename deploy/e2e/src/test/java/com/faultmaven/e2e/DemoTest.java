package com.faultmaven.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.local.LocalStack;
import com.faultmaven.local.demo.Demo;
import com.faultmaven.local.demo.DemoInput;
import com.faultmaven.local.demo.DemoReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as {@code ./faultmaven demo} shows it. */
@ExtendWith(RunningStack.class)
class DemoTest {
  private final LocalStack stack;

  DemoTest(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void takesACaseThroughTheWholeSystem(@TempDir Path directory) throws Exception {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    DemoReport report =
        Demo.run(
            stack.gatewayUrl(), DemoInput.sample(directory), new PrintStream(told, true, UTF_8));

    String text = told.toString(UTF_8);
    assertThat(report.passed()).as(text).isTrue();
    assertThat(text)
        .contains("logs_and_errors", "metrics_and_performance", "structured_config")
        .contains("consulting -> investigating", "investigating -> resolved")
        .contains("demo: " + report.steps().size() + " steps passed");
    assertThat(exported(directory)).hasSize(1);
  }

  private static List<Path> exported(Path directory) throws Exception {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith("export.json")).toList();
    }
  }
}
