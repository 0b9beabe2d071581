package com.faultmaven.local.demo;

/** A step did not give what it should; the message says what was asked and what came. */
final class DemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_BODY = 4_000;

  DemoFailure(String message) {
    super(message);
  }

  DemoFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The answer to a request was not the one that was expected. */
  static DemoFailure of(String request, String expected, int status, String body) {
    String shown =
        body.length() <= LONGEST_BODY ? body : body.substring(0, LONGEST_BODY) + " … (cut)";
    return new DemoFailure(
        """
        request   %s
        expected  %s
        status    %d
        body      %s"""
            .formatted(request, expected, status, shown.isBlank() ? "(empty)" : shown));
  }
}
