package com.faultmaven.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: first a request, then, after a bound, by force. */
public final class StopSignal {
  private static final int LOOK_EVERY_MILLIS = 50;

  private StopSignal() {}

  /**
   * Sends the signal, waits, and kills what is still there together with its children.
   *
   * @return true when the process ended by itself
   */
  public static boolean stop(ProcessHandle process, String signal, Duration timeout)
      throws InterruptedException {
    if (!alive(process)) {
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
    long deadline = System.nanoTime() + timeout.toNanos();
    do {
      try {
        process.onExit().get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException stillThere) {
        if (!alive(process)) {
          return true;
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException("waiting for process " + process.pid(), e);
      }
    } while (System.nanoTime() < deadline);
    return false;
  }

  /**
   * Whether the process runs. One that has ended but was not collected by its parent does not: in
   * containers the first process often collects nobody, and orphans are its children.
   */
  public static boolean alive(ProcessHandle process) {
    if (!process.isAlive()) {
      return false;
    }
    Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
    try {
      String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
      return text.charAt(text.lastIndexOf(')') + 2) != 'Z'; // the name before may hold anything
    } catch (IOException noProc) {
      return process.isAlive();
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
