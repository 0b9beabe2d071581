package com.faultmaven.common.privacy;

/** Redacts the texts of one file: a value has the same tag in all of them. */
public final class FileRedaction {
  private final Redactor redactor;
  private final Tags tags = new Tags();

  FileRedaction(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Redacts the next text; its counts are of this text alone. */
  public Redaction redact(String text) {
    return redactor.redact(text, tags);
  }
}
