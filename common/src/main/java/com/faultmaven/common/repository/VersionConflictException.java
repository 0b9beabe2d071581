package com.faultmaven.common.repository;

/** Somebody else changed the row since it was read; nothing has changed now. Read again. */
public final class VersionConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long expected;
  private final long actual;

  /**
   * Refuses a write.
   *
   * @param expected the version that the writer had read
   * @param actual the version that is stored
   */
  public VersionConflictException(long expected, long actual) {
    super("version " + expected + " was expected, version " + actual + " is stored");
    this.expected = expected;
    this.actual = actual;
  }

  /** The version that the writer had read. */
  public long expected() {
    return expected;
  }

  /** The version that is stored. */
  public long actual() {
    return actual;
  }
}
