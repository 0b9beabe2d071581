package com.faultmaven.common.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.id.Ids;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job.
 *
 * @param runId id
 * @param job name of the job
 * @param trigger why it ran
 * @param requestedBy id of the admin who asked for it; null when the clock did
 * @param startedAt when it began
 * @param seenAt when its replica last said that it is alive
 * @param endedAt when it ended; null while it runs
 * @param outcome how it ended; null while it runs
 * @param counts how many of what it has done, by then
 * @param bytes how many bytes it has freed or written, by then
 * @param error a word for what went wrong; null when nothing did
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@RegisterForReflection
public record JobRun(
    String runId,
    String job,
    JobTrigger trigger,
    @Nullable String requestedBy,
    Instant startedAt,
    Instant seenAt,
    @Nullable Instant endedAt,
    @Nullable JobOutcome outcome,
    Map<String, Long> counts,
    long bytes,
    @Nullable String error) {
  public JobRun {
    counts = Map.copyOf(counts);
  }

  /** A run that begins now. */
  static JobRun begin(Job job, JobTrigger trigger, @Nullable String requestedBy, Instant now) {
    return new JobRun(
        Ids.next(), job.name(), trigger, requestedBy, now, now, null, null, Map.of(), 0, null);
  }

  /** The same run, ended. */
  JobRun end(JobOutcome how, JobReport report, @Nullable String code, Instant now) {
    return new JobRun(
        runId,
        job,
        trigger,
        requestedBy,
        startedAt,
        now,
        now,
        how,
        report.counts(),
        report.bytes(),
        code);
  }
}
