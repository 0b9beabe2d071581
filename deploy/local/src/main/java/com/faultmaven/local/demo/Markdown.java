package com.faultmaven.local.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the demo reads out of a runbook. */
final class Markdown {
  private static final int LONGEST_TITLE = 200;

  private Markdown() {}

  /** The whole text; bytes that are no UTF-8 become replacement characters. */
  static String text(Path document) throws IOException {
    return new String(Files.readAllBytes(document), StandardCharsets.UTF_8);
  }

  /** The first heading, or the file's name when there is none. */
  static String title(Path document) throws IOException {
    String name = String.valueOf(document.getFileName()).replaceAll("\\.[A-Za-z]+$", "");
    return text(document)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceAll("^#+", "").strip())
        .filter(line -> !line.isEmpty() && line.length() <= LONGEST_TITLE)
        .findFirst()
        .orElse(name);
  }
}
