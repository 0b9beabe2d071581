package com.faultmaven.common.repository;

/** A value that must be unique is taken; nothing has changed. */
public final class DuplicateKeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Refuses a value.
   *
   * @param field snake_case name of the field, for example {@code email}; the value is not named,
   *     it may be personal
   */
  public DuplicateKeyException(String field) {
    super("the value of " + field + " is taken");
    this.field = field;
  }

  /** Snake_case name of the field whose value is taken. */
  public String field() {
    return field;
  }
}
