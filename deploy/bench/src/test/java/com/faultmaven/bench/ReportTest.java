package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Report report = new Report(new PrintStream(printed, true, UTF_8));

  @Test
  void fitsIntoAWideTerminal() {
    Figures figures = new Figures(1_234_567, 123_456.7, 12_345.6, 12_345.6);
    report.head();
    report.line(
        "session read (extends TTL), gateway", 16, figures, "GET, raw Redis", figures, "< 200 ms");
    report.line(
        "token check and own profile, never",
        50,
        new Measured(figures, 12.3, 0),
        "Argon2id alone, 2 threads",
        figures);
    report.targets(List.of(Target.atLeast("refreshes a second and core", 1_500, 7)));

    assertThat(printed.toString(UTF_8).lines()).allMatch(line -> line.length() <= 160);
  }

  @Test
  void saysWhatATargetIsAndWhetherItIsMet() {
    report.targets(
        List.of(
            Target.atLeast("refreshes a second and core", 1_500, 1_500),
            Target.atMost("log-in in hashes", 1.3, 1.31),
            Target.below("memory", 350, 349.9),
            Target.below("p99", 5, 5),
            Target.below("p99 beside", 5, 4.9).beside(4.2)));

    assertThat(printed.toString(UTF_8).lines().skip(2).map(line -> line.replaceAll("  +", "|")))
        .containsExactly(
            "refreshes a second and core|≥ 1,500|1500|met",
            "log-in in hashes|≤ 1.3|1.31|missed",
            "memory|< 350|350|met",
            "p99|< 5|5.00|missed",
            "p99 beside|< 5|4.90|met, bare 4.20");
  }

  @Test
  void tellsWhatARequestCosts() {
    Measured measured = new Measured(new Figures(500, 100, 1, 2), 2, 0);

    assertThat(measured.cpuMillis()).isEqualTo(4);
    assertThat(measured.perSecondPerCore()).isEqualTo(250);
  }
}
