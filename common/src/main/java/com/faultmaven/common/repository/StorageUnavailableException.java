package com.faultmaven.common.repository;

/**
 * The server behind a contract cannot be reached or did not answer; the same call may work later.
 */
public final class StorageUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Reports a failure.
   *
   * @param storage what is away, for example {@code redis}
   * @param cause what was seen
   */
  public StorageUnavailableException(String storage, Throwable cause) {
    super(storage + " is not available", cause);
  }
}
