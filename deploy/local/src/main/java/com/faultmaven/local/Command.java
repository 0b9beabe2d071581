package com.faultmaven.local;

import java.io.IOException;
import java.util.List;

/** One subcommand of {@code ./faultmaven}. */
interface Command {

  /** What {@code --help} prints. */
  String help();

  /**
   * Runs it.
   *
   * @return an {@link ExitCode}
   * @throws UsageException when the arguments are wrong
   */
  int run(List<String> arguments) throws IOException, InterruptedException;

  /** The command line is wrong; the message says what. */
  final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message);
    }
  }
}
