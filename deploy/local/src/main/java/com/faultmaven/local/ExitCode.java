package com.faultmaven.local;

/** What the exit codes of {@code ./faultmaven} mean. */
public final class ExitCode {
  public static final int OK = 0;

  /** The cause is the last thing printed. */
  public static final int FAILED = 1;

  /** The command line is wrong. */
  public static final int USAGE = 2;

  /** The stack does not run. */
  public static final int NOT_RUNNING = 3;

  private ExitCode() {}
}
