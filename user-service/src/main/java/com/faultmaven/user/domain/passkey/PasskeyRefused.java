package com.faultmaven.user.domain.passkey;

/** Something about a browser's credential is not right; for the audit, never for the caller. */
final class PasskeyRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String word;

  /**
   * Refuses.
   *
   * @param word a fixed word that says what is wrong
   */
  PasskeyRefused(String word) {
    super(word, null, false, false);
    this.word = word;
  }

  /** Refuses because something else has failed. */
  PasskeyRefused(String word, Throwable cause) {
    super(word, cause, false, false);
    this.word = word;
  }

  String word() {
    return word;
  }
}
