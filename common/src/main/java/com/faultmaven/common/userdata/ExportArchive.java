package com.faultmaven.common.userdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Writes an export as a zip archive, on a thread that may block. One that fails on the way has no
 * directory at its end, and nobody takes it for a whole one.
 */
public final class ExportArchive {
  /** Pieces of a file that wait until the reader of the archive takes them. */
  private static final int AHEAD = 4;

  private static final int BUFFER = 16 * 1024;

  private final ZipOutputStream zip;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * Begins an archive.
   *
   * @param level how hard to compress, as {@link java.util.zip.Deflater} counts
   */
  public ExportArchive(OutputStream out, int level) {
    zip = new ZipOutputStream(out, UTF_8);
    zip.setLevel(level);
  }

  /**
   * A file of the archive.
   *
   * @param path where it is
   * @param sizeBytes its size before compression
   * @param sha256 of its bytes, hexadecimal
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @RegisterForReflection
  public record Entry(String path, long sizeBytes, String sha256) {}

  /** Writes files as they come. */
  public void addAll(Multi<ExportedFile> files) throws IOException {
    try (Stream<ExportedFile> all =
        files.subscribe().asStream(1, () -> new ArrayBlockingQueue<>(1))) {
      Iterator<ExportedFile> each = all.iterator();
      while (each.hasNext()) {
        ExportedFile file = each.next();
        add(file.path(), sink -> copy(file.bytes(), sink));
      }
    }
  }

  /** Takes over all files of another archive, read to its end: one that is cut off fails. */
  public void addAll(InputStream archive) throws IOException {
    ZipInputStream from = new ZipInputStream(archive, UTF_8);
    for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
      add(new ExportedFile(entry.getName(), Multi.createFrom().empty()).path(), from::transferTo);
    }
    archive.transferTo(OutputStream.nullOutputStream());
  }

  /** Writes one more file. */
  public void add(String path, byte[] bytes) throws IOException {
    add(path, sink -> sink.write(bytes));
  }

  /** The files so far. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Writes the end of the archive. */
  public void finish() throws IOException {
    zip.finish();
  }

  /**
   * Ends the connection of an answer that has begun and cannot be finished: whoever reads it must
   * not take what has come for all of it.
   */
  public static void breakOff(HttpServerResponse answer) {
    if (answer.headWritten()) {
      answer.reset();
    }
  }

  /** Where a file's bytes come from. */
  @FunctionalInterface
  private interface Source {
    void writeTo(OutputStream sink) throws IOException;
  }

  private void add(String path, Source source) throws IOException {
    zip.putNextEntry(new ZipEntry(path));
    Counting sink = new Counting(zip);
    source.writeTo(sink);
    zip.closeEntry();
    entries.add(new Entry(path, sink.size, HexFormat.of().formatHex(sink.digest.digest())));
  }

  private static void copy(Multi<ByteBuffer> bytes, OutputStream sink) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (Stream<ByteBuffer> pieces =
        bytes.subscribe().asStream(AHEAD, () -> new ArrayBlockingQueue<>(AHEAD))) {
      Iterator<ByteBuffer> each = pieces.iterator();
      while (each.hasNext()) {
        ByteBuffer piece = each.next();
        while (piece.hasRemaining()) {
          int length = Math.min(piece.remaining(), BUFFER);
          piece.get(buffer, 0, length);
          sink.write(buffer, 0, length);
        }
      }
    }
  }

  /** Counts and digests what passes. */
  private static final class Counting extends OutputStream {
    private final OutputStream out;
    private final MessageDigest digest = sha256();
    private long size;

    Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      digest.update(bytes, offset, length);
      size += length;
      out.write(bytes, offset, length);
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }
}
