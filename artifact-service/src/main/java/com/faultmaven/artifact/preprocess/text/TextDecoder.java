package com.faultmaven.artifact.preprocess.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Decodes files of unknown encoding: by their byte order mark, else UTF-16 when every other byte is
 * zero, else UTF-8. Never fails on bytes: what is invalid is replaced and counted.
 */
public final class TextDecoder {
  private static final int SNIFFED_BYTES = 4_096;

  private TextDecoder() {}

  /**
   * Decodes a whole file.
   *
   * @throws IOException when it cannot be read
   */
  public static DecodedText decode(Path file) throws IOException {
    return decode(Files.readAllBytes(file));
  }

  /** Decodes the bytes of a whole file. */
  public static DecodedText decode(byte[] bytes) {
    Charset charset = charset(bytes);
    return decode(bytes, markLength(bytes, charset), bytes.length, charset);
  }

  /** Decodes a part of a file whose encoding is known, without looking for a byte order mark. */
  public static DecodedText decode(byte[] bytes, int from, int to, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, from, to - from);
    CharBuffer chunk = CharBuffer.allocate(8_192);
    StringBuilder text = new StringBuilder(to - from);
    int replaced = 0;
    boolean ended = false;
    while (!ended) {
      CoderResult result = decoder.decode(in, chunk, true);
      chunk.flip();
      text.append(chunk);
      chunk.clear();
      if (result.isError()) {
        in.position(in.position() + result.length());
        text.append('\uFFFD');
        replaced++;
      } else {
        ended = result.isUnderflow();
      }
    }
    decoder.flush(chunk);
    text.append(chunk.flip());
    return new DecodedText(text.toString(), charset.name(), replaced);
  }

  /** The encoding that the first bytes of a file speak for. */
  public static Charset charset(byte[] head) {
    if (startsWith(head, 0xFF, 0xFE, 0, 0)) {
      return Charset.forName("UTF-32LE");
    }
    if (startsWith(head, 0, 0, 0xFE, 0xFF)) {
      return Charset.forName("UTF-32BE");
    }
    if (startsWith(head, 0xFF, 0xFE)) {
      return StandardCharsets.UTF_16LE;
    }
    if (startsWith(head, 0xFE, 0xFF)) {
      return StandardCharsets.UTF_16BE;
    }
    return byZeros(head);
  }

  /** How many bytes the byte order mark at the start takes, 0 when there is none. */
  public static int markLength(byte[] head, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return startsWith(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    }
    if (charset.name().startsWith("UTF-32")) {
      return 4;
    }
    return startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF) ? 2 : 0;
  }

  // ASCII in UTF-16 without a mark: one half of the byte pairs is almost all zero, the other never.
  private static Charset byZeros(byte[] head) {
    int pairs = Math.min(head.length, SNIFFED_BYTES) / 2;
    int even = 0;
    int odd = 0;
    for (int i = 0; i < pairs; i++) {
      even += head[2 * i] == 0 ? 1 : 0;
      odd += head[2 * i + 1] == 0 ? 1 : 0;
    }
    if (pairs >= 8 && odd > pairs * 0.7 && even == 0) {
      return StandardCharsets.UTF_16LE;
    }
    if (pairs >= 8 && even > pairs * 0.7 && odd == 0) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
