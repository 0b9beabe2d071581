package com.faultmaven.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.condition.OS.LINUX;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessUsageTest {
  @ParameterizedTest
  @ValueSource(strings = {"java", "a b", "tmux: server) S 1 (x", ""})
  void readsProcessorTimeWhateverTheProcessIsCalled(String name) {
    String stat =
        "4711 (%s) S 1 4711 4711 0 -1 4194560 5000 0 12 0 1234 66 7 8 20 0 34 0 900 123456 789\n"
            .formatted(name);

    assertThat(ProcessUsage.cpuSeconds(stat)).isEqualTo(13.0);
  }

  @Test
  void knowsTheCompilersOfAJvm() {
    assertThat(ProcessUsage.isCompiler("12 (C2 CompilerThre) S 1")).isTrue();
    assertThat(ProcessUsage.isCompiler("12 (C1 CompilerThre) S 1")).isTrue();
    assertThat(ProcessUsage.isCompiler("12 (vert.x-eventloo) S 1")).isFalse();
    assertThat(ProcessUsage.isCompiler("12 (my (C2 Compiler) S 1")).isFalse();
  }

  @Test
  void readsResidentMemory() {
    String status = "Name:\tjava\nVmPeak:\t  999999 kB\nVmRSS:\t  307200 kB\nThreads:\t34\n";

    assertThat(ProcessUsage.residentMegabytes(status)).isEqualTo(300.0);
  }

  @Test
  void refusesAStatusWithoutMemory() {
    assertThatThrownBy(() -> ProcessUsage.residentMegabytes("Name:\tkthreadd\n"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @EnabledOnOs(LINUX)
  void readsThisProcess() throws Exception {
    ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());

    assertThat(usage.cpuSeconds()).isPositive();
    assertThat(usage.compilerSeconds()).isPositive().isLessThan(usage.cpuSeconds());
    assertThat(usage.residentMegabytes()).isGreaterThan(10);
  }
}
