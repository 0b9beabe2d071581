package com.faultmaven.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The files below a directory that a demonstration may take; what it leaves out it says. */
final class InputDirectory {
  /** The limit of an upload (preprocessing, "Validate"). */
  static final long LARGEST = 10_485_760;

  static final int MOST_FILES = 50;

  private static final Set<String> NO_INPUT =
      Set.of("license", "license.txt", "license.md", "notice", "copying");

  private final Path directory;
  private final PrintStream out;

  InputDirectory(Path directory, PrintStream out) {
    this.directory = directory;
    this.out = out;
  }

  /** Every file, in the order of their paths, at most {@link #MOST_FILES}. */
  List<Path> files() throws IOException {
    return collect(false);
  }

  /** Markdown and text files alone. */
  List<Path> documents() throws IOException {
    return collect(true);
  }

  private List<Path> collect(boolean documents) throws IOException {
    List<Path> taken = new ArrayList<>();
    int left = 0;
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        if (isInput(path, documents)) {
          if (taken.size() < MOST_FILES) {
            taken.add(path);
          } else {
            left++;
          }
        }
      }
    }
    if (left > 0) {
      out.printf("%d files more than %d are left out of %s%n", left, MOST_FILES, directory);
    }
    return taken;
  }

  private boolean isInput(Path path, boolean documents) throws IOException {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    boolean document = name.endsWith(".md") || name.endsWith(".txt");
    if (name.startsWith(".") || NO_INPUT.contains(name) || (documents && !document)) {
      return false;
    }
    long size = Files.size(path);
    if (size == 0) {
      out.printf("skipping %s: it is empty%n", directory.relativize(path));
    } else if (size > LARGEST) {
      out.printf(
          "skipping %s: %,d bytes are more than the limit of %,d; upload the part that matters%n",
          directory.relativize(path), size, LARGEST);
    }
    return size > 0 && size <= LARGEST;
  }
}
