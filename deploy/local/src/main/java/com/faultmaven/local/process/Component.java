package com.faultmaven.local.process;

import static java.util.Objects.requireNonNull;

import com.faultmaven.local.process.ComponentStatus.State;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A program that is kept running: started, found ready, started again with growing pauses when it
 * dies, and stopped.
 */
public final class Component {
  private static final int MOST_FAILURES = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final Duration HEALTH_PERIOD = Duration.ofSeconds(5);
  private static final int UNHEALTHY_AFTER = 2;
  private static final long MOST_LOG_BYTES = 16L * 1024 * 1024;

  private final Program program;
  private final Path log;
  private final Consumer<ComponentStatus> listener;
  private final CountDownLatch stopRequested = new CountDownLatch(1);

  private State state = State.WAITING;
  private @Nullable String detail;
  private @Nullable Process process;
  private @Nullable ProcessSpec spec;
  private @Nullable Thread watch;
  private int restarts;
  private long launchedNanos;
  private long readyNanos;

  /**
   * A component that waits for its start.
   *
   * @param log where the output of its process is appended
   * @param listener told about every change of state, from the thread that made it
   */
  public Component(Program program, Path log, Consumer<ComponentStatus> listener) {
    this.program = program;
    this.log = log;
    this.listener = listener;
  }

  public String name() {
    return program.name();
  }

  /** What it is doing now. */
  public synchronized ComponentStatus status() {
    Process running = process != null && StopSignal.alive(process.toHandle()) ? process : null;
    Instant started = running == null ? null : running.info().startInstant().orElse(null);
    long until =
        state == State.PREPARING || state == State.STARTING ? System.nanoTime() : readyNanos;
    return new ComponentStatus(
        name(),
        state,
        running == null ? 0 : running.pid(),
        started,
        program.port(),
        restarts,
        launchedNanos == 0 ? 0 : Math.max(0, (until - launchedNanos) / 1e9),
        detail,
        log);
  }

  /**
   * Starts it and returns when it serves; from then on it is started again whenever it dies.
   *
   * @throws ComponentException when it does not come up; it is then stopped for good
   */
  public void start() throws InterruptedException {
    boolean optional = program.optional();
    try {
      launch();
    } catch (ComponentException e) {
      become(optional ? State.ABSENT : State.FAILED, e.getMessage());
      if (optional) {
        return;
      }
      throw e;
    }
    Thread thread = new Thread(this::keepRunning, "watch-" + name());
    thread.setDaemon(true);
    synchronized (this) {
      watch = thread;
    }
    thread.start();
  }

  /** Ends it, gracefully when it complies in time. Repeatable. */
  public void stop() throws InterruptedException {
    Process running;
    ProcessSpec how;
    synchronized (this) {
      stopRequested.countDown();
      running = process;
      how = spec;
    }
    boolean graceful =
        running == null
            || how == null
            || StopSignal.stop(running.toHandle(), how.stopSignal(), how.stopTimeout());
    Thread thread;
    synchronized (this) {
      thread = watch;
    }
    if (thread != null) {
      thread.interrupt();
      thread.join();
    }
    State last = status().state();
    if (last != State.ABSENT && last != State.FAILED) {
      become(State.STOPPED, graceful ? null : "killed, it did not stop in time");
    }
  }

  /** Ends the process at once, as a crash would; it is then started again. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void launch() throws InterruptedException {
    synchronized (this) {
      launchedNanos = System.nanoTime();
    }
    become(State.PREPARING, null);
    try {
      ProcessSpec next = prepare();
      requireFreePort();
      Process started = begin(next);
      become(State.STARTING, null);
      awaitReady(started, next);
    } catch (IOException e) {
      throw new ComponentException(name() + " cannot be started: " + e.getMessage(), e);
    }
    synchronized (this) {
      readyNanos = System.nanoTime();
    }
    become(State.READY, null);
  }

  private ProcessSpec prepare() throws IOException, InterruptedException {
    try {
      return program.prepare();
    } catch (ComponentException e) {
      throw new ComponentException(name() + ": " + e.getMessage(), e);
    }
  }

  private void requireFreePort() throws IOException {
    try {
      Ports.probe(program.port());
    } catch (BindException e) {
      throw new ComponentException(
          "%s needs port %d, which another process is using".formatted(name(), program.port()), e);
    }
  }

  private synchronized Process begin(ProcessSpec next) throws IOException {
    if (stopRequested.getCount() == 0) {
      throw new ComponentException(name() + " was stopped before it started");
    }
    rotateLog();
    ProcessBuilder builder = new ProcessBuilder(next.command());
    // glibc otherwise keeps an arena of memory for every few threads.
    builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
    builder.environment().putAll(next.environment());
    spec = next;
    process =
        builder
            .directory(next.directory().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    return process;
  }

  private void rotateLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > MOST_LOG_BYTES) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void awaitReady(Process started, ProcessSpec next) throws InterruptedException {
    long deadline = System.nanoTime() + next.startTimeout().toNanos();
    while (!next.readiness().ready()) {
      if (started.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw new ComponentException(
            "%s ended with %d before it was ready, see %s%s"
                .formatted(name(), started.exitValue(), log, LogTail.indented(log, 12)));
      }
      if (System.nanoTime() > deadline) {
        StopSignal.stop(started.toHandle(), next.stopSignal(), next.stopTimeout());
        throw new ComponentException(
            "%s was not ready after %d s, see %s%s"
                .formatted(
                    name(), next.startTimeout().toSeconds(), log, LogTail.indented(log, 12)));
      }
    }
  }

  private void keepRunning() {
    try {
      int failures = 0;
      while (awaitDeath()) {
        failures = upFor().compareTo(STABLE) > 0 ? 0 : failures;
        boolean running = false;
        while (!running) {
          if (failures >= MOST_FAILURES) {
            become(State.FAILED, "given up after %d restarts; %s".formatted(failures, detail()));
            return;
          }
          if (stopRequested.await(pause(failures++).toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
          running = relaunch();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean relaunch() throws InterruptedException {
    synchronized (this) {
      restarts++;
    }
    try {
      launch();
      return true;
    } catch (ComponentException e) {
      become(State.RESTARTING, e.getMessage());
      return false;
    }
  }

  /**
   * Watches the process until it ends, asking every few seconds whether it still serves; false when
   * the end was asked for.
   */
  private boolean awaitDeath() throws InterruptedException {
    Process running;
    ProcessSpec how;
    synchronized (this) {
      running = requireNonNull(process);
      how = requireNonNull(spec);
    }
    int unanswered = 0;
    while (!running.waitFor(HEALTH_PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
      unanswered = how.readiness().ready() ? 0 : unanswered + 1;
      State now = status().state();
      if (unanswered == 0 && now == State.UNHEALTHY) {
        become(State.READY, null);
      } else if (unanswered == UNHEALTHY_AFTER && now == State.READY) {
        become(State.UNHEALTHY, name() + " runs but does not answer as healthy, see " + log);
      }
    }
    if (stopRequested.getCount() == 0) {
      return false;
    }
    int code = running.exitValue();
    String end = code > 128 ? "was ended by signal " + (code - 128) : "ended with " + code;
    become(State.RESTARTING, name() + " " + end + ", see " + log);
    return true;
  }

  private synchronized Duration upFor() {
    return Duration.ofNanos(System.nanoTime() - readyNanos);
  }

  private synchronized @Nullable String detail() {
    return detail;
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << failures);
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private void become(State next, @Nullable String why) {
    ComponentStatus status;
    synchronized (this) {
      state = next;
      detail = why;
      status = status();
    }
    listener.accept(status);
  }
}
