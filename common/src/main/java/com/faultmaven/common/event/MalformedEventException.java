package com.faultmaven.common.event;

/**
 * A message that is not an event, or whose data are not what its type promises; goes to the dead
 * letters.
 */
public final class MalformedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Refuses a message; the text never quotes its data. */
  public MalformedEventException(String message) {
    super(message);
  }

  /** Refuses a message for a cause. */
  public MalformedEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
