package com.faultmaven.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs an operation so many times on so many threads, each of which keeps one connection busy. */
final class Load {
  private Load() {}

  /** One operation; fails when its answer is not the expected one. */
  @FunctionalInterface
  interface Operation {
    /** Runs it once. */
    void run() throws Exception;
  }

  /** Gives each thread its own operation, with its own connection. */
  @FunctionalInterface
  interface Source {
    /** A new operation. */
    Operation open() throws Exception;
  }

  /**
   * Measures, after a warm-up of half as many operations.
   *
   * @param count operations in all
   * @throws Exception what an operation fails with
   */
  static Figures measure(int threads, int count, Source source) throws Exception {
    run(threads, count / 2, source);
    return run(threads, count, source);
  }

  /** Gives the operation of the thread with this number, from 0. */
  @FunctionalInterface
  interface NumberedSource {
    /** A new operation. */
    Operation open(int number) throws Exception;
  }

  /** Measures for so long, without a warm-up. */
  static Figures during(Duration life, int threads, NumberedSource source) throws Exception {
    return during(life, threads, source, new Latencies());
  }

  /** The same as a further part of a run: sums up what the run has so far. */
  static Figures during(Duration life, int threads, NumberedSource source, Latencies all)
      throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Operation> operations = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        operations.add(source.open(i));
      }
      long start = System.nanoTime();
      long end = start + life.toNanos();
      List<Future<long[]>> running = new ArrayList<>();
      for (Operation operation : operations) {
        running.add(pool.submit(() -> timesUntil(operation, end)));
      }
      for (Future<long[]> one : running) {
        for (long nanos : result(one)) {
          all.add(nanos);
        }
      }
      all.took(System.nanoTime() - start);
      return all.figures();
    }
  }

  private static Figures run(int threads, int count, Source source) throws Exception {
    int each = Math.max(1, count / threads);
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Operation> operations = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        operations.add(source.open());
      }
      long start = System.nanoTime();
      List<Future<long[]>> running = new ArrayList<>();
      for (Operation operation : operations) {
        running.add(pool.submit(() -> times(operation, each)));
      }
      long[] all = new long[threads * each];
      for (int i = 0; i < threads; i++) {
        System.arraycopy(result(running.get(i)), 0, all, i * each, each);
      }
      return Figures.of(all, System.nanoTime() - start);
    }
  }

  private static long[] timesUntil(Operation operation, long end) throws Exception {
    Latencies latencies = new Latencies();
    for (long start = System.nanoTime(); start - end < 0; start = System.nanoTime()) {
      operation.run();
      latencies.add(System.nanoTime() - start);
    }
    return latencies.toArray();
  }

  private static long[] times(Operation operation, int count) throws Exception {
    long[] nanos = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      operation.run();
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static long[] result(Future<long[]> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
