package com.faultmaven.common.model.cases;

/** A status machine forbids the step; nothing has changed (decisions, section 3). */
public final class InvalidStatusTransitionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String from;
  private final String to;

  /**
   * Refuses a step.
   *
   * @param from wire name of the status that is
   * @param to wire name of the status that was asked for
   * @param rule the rule that forbids it, as a sentence for the caller
   */
  public InvalidStatusTransitionException(String from, String to, String rule) {
    super("From " + from + " to " + to + " is not possible. " + rule);
    this.from = from;
    this.to = to;
  }

  /** Wire name of the status that is. */
  public String from() {
    return from;
  }

  /** Wire name of the status that was asked for. */
  public String to() {
    return to;
  }
}
