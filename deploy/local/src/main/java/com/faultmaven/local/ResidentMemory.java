package com.faultmaven.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Resident memory of a process and its children, in bytes. */
final class ResidentMemory {
  private ResidentMemory() {}

  /** The sum; pages that they share are counted for each. Zero when the process is gone. */
  static long of(long pid) {
    return ProcessHandle.of(pid)
        .map(process -> Stream.concat(Stream.of(process), process.descendants()))
        .orElse(Stream.empty())
        .mapToLong(process -> ofOne(process.pid()))
        .sum();
  }

  private static long ofOne(long pid) {
    return linux(pid).orElseGet(() -> ps(pid));
  }

  private static OptionalLong linux(long pid) {
    try {
      List<String> lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
      return lines.stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(ResidentMemory::kilobytes)
          .findFirst();
    } catch (IOException noProc) {
      return OptionalLong.empty();
    }
  }

  private static long ps(long pid) {
    try {
      Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
      return kilobytes(new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
    } catch (IOException noPs) {
      return 0;
    }
  }

  private static long kilobytes(String text) {
    String digits = text.replaceAll("\\D", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits) * 1024;
  }
}
