package com.faultmaven.local;

import com.faultmaven.local.StackState.Phase;
import com.faultmaven.local.process.ComponentException;
import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ProcessIdentity;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The process behind a running stack: owns its components and writes its state for others. */
final class Supervisor {
  private final StackHome home;
  private final Apps apps;
  private final String appsDirectory;
  private final int gatewayPort;
  private final ProcessIdentity self = ProcessIdentity.self();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private Phase phase = Phase.STARTING;
  private @Nullable String message;
  private @Nullable LocalStack stack;

  Supervisor(StackHome home, Apps apps, String appsDirectory, int gatewayPort) {
    this.home = home;
    this.apps = apps;
    this.appsDirectory = appsDirectory;
    this.gatewayPort = gatewayPort;
  }

  /**
   * Runs the stack until this process is asked to end.
   *
   * @return the exit code; a stack that did not come up leaves its state, with the cause, behind
   */
  int run() throws IOException, InterruptedException {
    try (FileChannel channel =
            FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null) {
        System.err.println("another supervisor holds " + home.lock());
        return ExitCode.FAILED;
      }
      return supervise();
    }
  }

  private int supervise() throws IOException, InterruptedException {
    save();
    Thread hook = new Thread(this::stopWhenAsked, "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      LocalStack next = new LocalStack(home.root(), apps, gatewayPort, true, this::changed);
      synchronized (this) {
        stack = next;
      }
      next.start();
      enter(Phase.RUNNING, null);
    } catch (ComponentException | IOException e) {
      if (!stopping()) {
        log("failed: " + e.getMessage());
        Runtime.getRuntime().removeShutdownHook(hook);
        enter(Phase.FAILED, e.getMessage());
        return ExitCode.FAILED;
      }
    }
    stopped.await();
    return ExitCode.OK;
  }

  private void stopWhenAsked() {
    try {
      enter(Phase.STOPPING, null);
      LocalStack running;
      synchronized (this) {
        running = stack;
      }
      if (running != null) {
        running.stop();
      }
      home.forgetState();
      log("stopped");
    } catch (IOException e) {
      log("the state cannot be written: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private void changed(ComponentStatus status) {
    String detail = status.detail() == null ? "" : ": " + status.detail();
    log(status.name() + " " + StateWords.of(status.state()) + detail);
    try {
      save();
    } catch (IOException e) {
      log("the state cannot be written: " + e.getMessage());
    }
  }

  private void enter(Phase next, @Nullable String why) throws IOException {
    synchronized (this) {
      phase = next;
      message = why;
    }
    save();
  }

  private synchronized boolean stopping() {
    return phase == Phase.STOPPING;
  }

  private synchronized void save() throws IOException {
    List<ComponentStatus> components = stack == null ? List.of() : stack.statuses();
    home.save(new StackState(self, phase, gatewayPort, appsDirectory, message, components));
  }

  private static void log(String line) {
    System.out.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + line);
  }
}
