package com.faultmaven.artifact.preprocess.extract.visual;

import com.faultmaven.artifact.preprocess.text.TextDecoder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Optical character recognition by the Tesseract program, where it is installed. */
final class TesseractOcr {
  private static final int MAX_OUTPUT = 1_000_000;

  private final @Nullable Path program;
  private final Duration timeout;

  /**
   * Looks for the program.
   *
   * @param command a name that is looked for on the PATH, or a path
   */
  TesseractOcr(String command, Duration timeout) {
    program = find(command);
    this.timeout = timeout;
  }

  /**
   * What came of reading an image.
   *
   * @param text what is written in it
   * @param problem why nothing was read; empty when it was
   */
  record Reading(String text, String problem) {}

  /** Reads an image; never fails, but says why nothing was read. */
  Reading read(Path image) throws IOException {
    if (program == null) {
      return new Reading("", "no OCR program is installed, so the image's text was not read");
    }
    Path output = Files.createTempFile("ocr", ".txt");
    try {
      return run(program, image, output);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private Reading run(Path executable, Path image, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(executable.toString(), image.toAbsolutePath().toString(), "stdout");
    builder.redirectOutput(output.toFile());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    // One thread each: the caller bounds how many run.
    builder.environment().put("OMP_THREAD_LIMIT", "1");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Reading("", "the OCR program could not be started");
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Reading(
            "", "OCR took longer than " + timeout.toSeconds() + " s and was stopped");
      }
      if (process.exitValue() != 0) {
        return new Reading("", "the OCR program could not read the image");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reading("", "OCR was interrupted");
    } finally {
      process.destroyForcibly();
    }
    try (InputStream in = Files.newInputStream(output)) {
      return new Reading(TextDecoder.decode(in.readNBytes(MAX_OUTPUT)).text().strip(), "");
    }
  }

  private static @Nullable Path find(String command) {
    if (command.indexOf(File.separatorChar) >= 0) {
      Path path = Path.of(command);
      return Files.isExecutable(path) ? path : null;
    }
    String paths = System.getenv("PATH");
    if (paths == null) {
      return null;
    }
    for (String directory : paths.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory.isEmpty() ? "." : directory, command);
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return null;
  }
}
