package com.faultmaven.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process has used so far, as Linux counts it.
 *
 * @param cpuSeconds seconds of processors, its own and the kernel's on its behalf
 * @param compilerSeconds those of them that a JVM's compilers have taken; 0 for any other program
 * @param residentMegabytes memory that it holds now
 */
record ProcessUsage(double cpuSeconds, double compilerSeconds, double residentMegabytes) {
  /** Ticks in a second: the kernel tells every program 100, whatever it uses itself. */
  private static final double TICKS = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  /** Reads it for a process that runs. */
  static ProcessUsage of(long pid) throws IOException {
    Path directory = Path.of("/proc", Long.toString(pid));
    return new ProcessUsage(
        cpuSeconds(Files.readString(directory.resolve("stat"))),
        compilerSeconds(directory.resolve("task")),
        residentMegabytes(Files.readString(directory.resolve("status"))));
  }

  /** From the text of {@code /proc/PID/stat}. */
  static double cpuSeconds(String stat) {
    // The name may hold spaces and parentheses: what counts begins after the last of these.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
    return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS;
  }

  /** From the threads of a process, each with a {@code stat} like its own. */
  private static double compilerSeconds(Path threads) throws IOException {
    double seconds = 0;
    try (Stream<Path> all = Files.list(threads)) {
      for (Path thread : all.toList()) {
        try {
          String stat = Files.readString(thread.resolve("stat"));
          seconds += isCompiler(stat) ? cpuSeconds(stat) : 0;
        } catch (NoSuchFileException e) {
          continue; // it has ended meanwhile
        }
      }
    }
    return seconds;
  }

  /** Whether the text of a thread's {@code stat} is that of a compiler of the JVM. */
  static boolean isCompiler(String stat) {
    return stat.matches("(?s)\\d+ \\(C[12] Compiler.*");
  }

  /** From the text of {@code /proc/PID/status}. */
  static double residentMegabytes(String status) {
    return status
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no VmRSS in the status of a process"))
        / 1024.0;
  }
}
