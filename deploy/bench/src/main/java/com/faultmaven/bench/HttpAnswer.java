package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 answer.
 *
 * @param status its code
 * @param body its text
 */
record HttpAnswer(int status, String body) {
  private static final int STATUS_BEGIN = 9;
  private static final int STATUS_END = 12;
  private static final Pattern CHUNKED =
      Pattern.compile("\r\ntransfer-encoding: *chunked *(?:\r\n|$)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CHUNK = Pattern.compile("[0-9A-Fa-f]{1,7}");
  private static final String LENGTH = "\r\ncontent-length:";

  /**
   * Reads an answer that may not have come whole yet.
   *
   * @param bytes what has come
   * @param length how much of it
   * @return null until all is there
   * @throws IOException when it is none that this small client can read
   */
  static @Nullable HttpAnswer read(byte[] bytes, int length) throws IOException {
    int end = headEnd(bytes, length);
    if (end < 0) {
      return null;
    }
    String head = new String(bytes, 0, end, ISO_8859_1);
    if (!head.startsWith("HTTP/1.1 ") || head.length() < STATUS_END) {
      throw new IOException("no HTTP answer: " + head);
    }
    int status = Integer.parseInt(head.substring(STATUS_BEGIN, STATUS_END));
    int begin = end + 4;
    if (CHUNKED.matcher(head).find()) {
      String text = chunks(bytes, begin, length);
      return text == null ? null : new HttpAnswer(status, text);
    }
    int body = bodyLength(head, status);
    if (length < begin + body) {
      return null;
    }
    return new HttpAnswer(status, new String(bytes, begin, body, UTF_8));
  }

  /** The text between quotes after a name, e.g. {@code "refresh_token":"…"}. */
  String field(String name) throws IOException {
    String before = "\"" + name + "\":\"";
    int begin = body.indexOf(before);
    int end = begin < 0 ? -1 : body.indexOf('"', begin + before.length());
    if (end < 0) {
      throw new IOException("the answer has no " + name);
    }
    return body.substring(begin + before.length(), end);
  }

  /**
   * The text of a body in chunks, each after its length in hexadecimal; null until all is there.
   */
  private static @Nullable String chunks(byte[] bytes, int begin, int length) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(length - begin);
    int place = begin;
    while (true) {
      int end = lineEnd(bytes, place, length);
      if (end < 0) {
        return null;
      }
      String line = new String(bytes, place, end - place, ISO_8859_1);
      if (!CHUNK.matcher(line).matches()) {
        throw new IOException("no chunk begins with: " + line);
      }
      int chunk = Integer.parseInt(line, 16);
      int next = end + 2 + chunk + 2;
      if (length < next) {
        return null;
      }
      if (chunk == 0) {
        return body.toString(UTF_8);
      }
      body.write(bytes, end + 2, chunk);
      place = next;
    }
  }

  private static int lineEnd(byte[] bytes, int from, int length) {
    for (int i = from; i + 1 < length; i++) {
      if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int headEnd(byte[] bytes, int length) {
    for (int i = 0; i + 3 < length; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int bodyLength(String head, int status) throws IOException {
    for (int i = head.indexOf("\r\n"); i >= 0; i = head.indexOf("\r\n", i + 2)) {
      if (head.regionMatches(true, i, LENGTH, 0, LENGTH.length())) {
        int end = head.indexOf("\r\n", i + 2);
        String value = head.substring(i + LENGTH.length(), end < 0 ? head.length() : end);
        return Integer.parseInt(value.strip());
      }
    }
    if (status == 204 || status == 304) {
      return 0;
    }
    throw new IOException("the answer says not how long it is: " + head);
  }
}
