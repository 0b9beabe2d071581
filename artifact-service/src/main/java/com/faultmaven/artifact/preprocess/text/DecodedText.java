package com.faultmaven.artifact.preprocess.text;

import static java.util.Objects.requireNonNull;

/**
 * The text of a file.
 *
 * @param text the characters; bytes that are none became U+FFFD
 * @param charset name of the encoding, such as {@code UTF-8}
 * @param replaced how many places of the file were not valid in that encoding
 */
public record DecodedText(String text, String charset, int replaced) {
  public DecodedText {
    requireNonNull(text, "text");
    requireNonNull(charset, "charset");
  }

  /** Says what is unusual about the encoding; empty for plain UTF-8. */
  public String remark() {
    if (replaced > 0) {
      return replaced
          + " invalid "
          + charset
          + (replaced == 1 ? " sequence" : " sequences")
          + " replaced";
    }
    return charset.equals("UTF-8") ? "" : "encoded as " + charset;
  }
}
