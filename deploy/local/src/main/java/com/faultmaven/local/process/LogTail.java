package com.faultmaven.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log file, without reading the rest. */
public final class LogTail {
  private static final int MOST_BYTES = 64 * 1024;

  private LogTail() {}

  /** At most {@code count} lines from the end of the file's last 64 KiB; none when it is absent. */
  public static List<String> last(Path log, int count) {
    if (!Files.isRegularFile(log)) {
      return List.of();
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long start = Math.max(0, file.length() - MOST_BYTES);
      file.seek(start);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of("(" + log + " cannot be read: " + e.getMessage() + ")");
    }
  }

  /** The lines as one indented block that follows an error message. */
  public static String indented(Path log, int count) {
    StringBuilder text = new StringBuilder();
    for (String line : last(log, count)) {
      text.append(System.lineSeparator()).append("    ").append(line);
    }
    return text.toString();
  }
}
