package com.faultmaven.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: first a request, then, after a bound, by force. */
public final class StopSignal {
  private StopSignal() {}

  /**
   * Sends the signal, waits, and kills what is still there together with its children.
   *
   * @return true when the process ended by itself
   */
  public static boolean stop(ProcessHandle process, String signal, Duration timeout)
      throws InterruptedException {
    if (!process.isAlive()) {
      return true;
    }
    send(process, signal);
    if (ended(process, timeout)) {
      return true;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    ended(process, Duration.ofSeconds(5));
    return false;
  }

  /** Whether the process is gone within that time. */
  public static boolean ended(ProcessHandle process, Duration timeout) throws InterruptedException {
    try {
      process.onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException stillAlive) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for process " + process.pid(), e);
    }
  }

  private static void send(ProcessHandle process, String signal) throws InterruptedException {
    if (signal.equals("TERM")) {
      process.destroy();
      return;
    }
    try {
      // The shell's own kill: a slim container need not have the program.
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start().waitFor();
    } catch (IOException noShell) {
      process.destroy();
    }
  }
}
