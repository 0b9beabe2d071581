package com.faultmaven.common.userdata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.smallrye.mutiny.Multi;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A file of an export.
 *
 * @param path where it is in the archive, for example {@code cases.json}: parts of letters, digits
 *     and {@code . _ -}, none of them {@code ..}, at most 1024 characters in all
 * @param bytes its bytes in order; read once
 */
public record ExportedFile(String path, Multi<ByteBuffer> bytes) {
  private static final Pattern PATH =
      Pattern.compile("(?=.{1,1024}$)(?!(.*/)?\\.{1,2}(/|$))[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");

  public ExportedFile {
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("not a path of an export: " + path);
    }
    requireNonNull(bytes, "bytes");
  }

  /**
   * A file with one JSON array.
   *
   * @param items the JSON of each item, in order
   */
  public static ExportedFile array(String path, Multi<String> items) {
    Multi<String> separated =
        items
            .onItem()
            .scan(() -> "[", (before, item) -> (before.equals("[") ? "\n" : ",\n") + item);
    return new ExportedFile(
        path,
        Multi.createBy()
            .concatenating()
            .streams(separated, Multi.createFrom().item("\n]\n"))
            .map(ExportedFile::bytes));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
