package com.faultmaven.artifact.api;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The Content-Disposition under which a file is given out (RFC 6266, RFC 8187). */
final class Attachment {
  private static final String PLAIN = "!#$&+-.^_`|~";

  private Attachment() {}

  /** Always an attachment; the name in ASCII for old clients and in UTF-8 for the others. */
  static String named(String filename) {
    StringBuilder ascii = new StringBuilder();
    filename
        .codePoints()
        .forEach(c -> ascii.append(c >= ' ' && c < 127 && c != '"' && c != '\\' ? (char) c : '_'));
    return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded(filename);
  }

  private static String encoded(String filename) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : filename.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean letter = c < 128 && Character.isLetterOrDigit(c);
      if (letter || PLAIN.indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append(String.format("%%%02X", b & 0xFF));
      }
    }
    return encoded.toString();
  }
}
