package com.faultmaven.artifact.preprocess.classify;

import com.faultmaven.artifact.preprocess.text.DecodedText;
import com.faultmaven.artifact.preprocess.text.TextDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a file that is classified: all of it when it is small, else its head, middle and
 * tail.
 */
final class Sample {
  private final byte[] head;
  private final long size;
  private final List<String> texts;
  private final int replaced;

  private Sample(byte[] head, long size, List<String> texts, int replaced) {
    this.head = head;
    this.size = size;
    this.texts = texts;
    this.replaced = replaced;
  }

  /** The first bytes of the file. */
  byte[] head() {
    return head;
  }

  /** Size of the whole file in bytes. */
  long size() {
    return size;
  }

  /** Whether the sample is the whole file. */
  boolean whole() {
    return texts.size() == 1;
  }

  /** Places that were not valid in the file's encoding. */
  int replaced() {
    return replaced;
  }

  /** Text of the head; when there is more, without its last, broken line. */
  String headText() {
    return texts.getFirst();
  }

  /**
   * Takes a sample of at most so many bytes: half of it from the head, a quarter each from the
   * middle and the tail.
   */
  static Sample of(Path file, int bytes) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      boolean whole = size <= bytes;
      byte[] head = read(channel, 0, (int) Math.min(size, whole ? bytes : bytes / 2));
      Charset charset = TextDecoder.charset(head);
      int mark = Math.min(head.length, TextDecoder.markLength(head, charset));
      DecodedText first = TextDecoder.decode(head, mark, head.length, charset);
      if (whole) {
        return new Sample(head, size, List.of(first.text()), first.replaced());
      }
      int quarter = bytes / 4;
      List<String> texts = new ArrayList<>();
      texts.add(withoutLast(first.text()));
      int replaced = first.replaced();
      for (long start : new long[] {(size - quarter) / 2, size - quarter}) {
        long aligned = start - start % 4;
        byte[] part = read(channel, aligned, (int) Math.min(quarter, size - aligned));
        DecodedText text =
            TextDecoder.decode(part, continuation(part, charset), part.length, charset);
        replaced += text.replaced();
        texts.add(aligned + part.length < size ? inner(text.text()) : withoutFirst(text.text()));
      }
      return new Sample(head, size, texts, replaced);
    }
  }

  /** The whole sample as one text. */
  String text() {
    return String.join("\n", texts);
  }

  private static byte[] read(SeekableByteChannel channel, long position, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    channel.position(position);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Reads go on until the buffer is full or the file ends.
    }
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  // A cut in the middle of a UTF-8 character is no encoding error.
  private static int continuation(byte[] part, Charset charset) {
    int from = 0;
    while (charset.equals(StandardCharsets.UTF_8)
        && from < Math.min(3, part.length)
        && (part[from] & 0xC0) == 0x80) {
      from++;
    }
    return from;
  }

  private static String inner(String text) {
    return withoutLast(withoutFirst(text));
  }

  private static String withoutFirst(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(end + 1);
  }

  private static String withoutLast(String text) {
    int end = text.lastIndexOf('\n');
    return end < 0 ? text : text.substring(0, end + 1);
  }
}
