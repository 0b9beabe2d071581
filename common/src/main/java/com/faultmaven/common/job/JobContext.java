package com.faultmaven.common.job;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a run knows and where it counts. The counts are kept while it runs, so that a run that fails
 * or is interrupted tells what it had done by then.
 */
public final class JobContext {
  private final String runId;
  private final Instant startedAt;
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final LongAdder bytes = new LongAdder();
  private volatile boolean stopping;

  /** A run that begins now. */
  public JobContext(String runId, Instant startedAt) {
    this.runId = runId;
    this.startedAt = startedAt;
  }

  /** Id of the run. */
  public String runId() {
    return runId;
  }

  /** When the run began; periods are counted back from here. */
  public Instant startedAt() {
    return startedAt;
  }

  /** Adds to a count, which is in the report from then on, be it as 0. */
  public void count(String item, long more) {
    counts.computeIfAbsent(item, name -> new LongAdder()).add(more);
  }

  /** Adds to the bytes. */
  public void bytes(long more) {
    bytes.add(more);
  }

  /** Whether the run should end after the batch that it is in: its turn or its service ends. */
  public boolean isStopping() {
    return stopping;
  }

  /** Asks the run to end after its batch. */
  void stop() {
    stopping = true;
  }

  /**
   * Runs one batch after the other until one has done less than a full one, or the run should end.
   *
   * @param item the count that the batches add to
   * @param size what a full batch does
   * @param batch does the next batch and gives how many it did
   * @return how many all did
   */
  public Uni<Long> inBatches(String item, int size, Supplier<Uni<Integer>> batch) {
    count(item, 0);
    return Multi.createBy()
        .repeating()
        .uni(() -> batch.get().invoke(done -> count(item, done)))
        .whilst(done -> done >= size && !stopping)
        .collect()
        .with(Collectors.summingLong(Integer::longValue));
  }

  /** What has been counted so far. */
  public JobReport report() {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((item, sum) -> sums.put(item, sum.sum()));
    return new JobReport(sums, bytes.sum());
  }
}
