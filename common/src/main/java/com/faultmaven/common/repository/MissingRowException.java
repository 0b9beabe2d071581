package com.faultmaven.common.repository;

/** A row that a write refers to is not there; nothing has changed. */
public final class MissingRowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;
  private final String id;

  /**
   * Refuses a write.
   *
   * @param what what is missing: {@code case}, {@code evidence}, {@code hypothesis}
   * @param id the id that was given
   */
  public MissingRowException(String what, String id) {
    super("there is no " + what + " " + id);
    this.what = what;
    this.id = id;
  }

  /** What is missing. */
  public String what() {
    return what;
  }

  /** The id that was given. */
  public String id() {
    return id;
  }
}
