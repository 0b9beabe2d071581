package com.faultmaven.cases.domain.legacy;

import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobRun;
import com.faultmaven.common.job.Jobs;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Imports of the previous layout, as administrators start and follow them. */
@ApplicationScoped
public class Imports {
  /** Name of the job. */
  public static final String JOB = "redis-import";

  private final Jobs jobs;
  private final LegacyConnections connections;
  private final CaseImport cases;
  private final ImportRecords records;
  private final OffLoop offLoop;
  private final LegacySettings settings;

  /** Wires the bean. */
  @Inject
  public Imports(
      Jobs jobs,
      LegacyConnections connections,
      CaseImport cases,
      ImportRecords records,
      OffLoop offLoop,
      LegacySettings settings) {
    this.jobs = jobs;
    this.connections = connections;
    this.cases = cases;
    this.records = records;
    this.offLoop = offLoop;
    this.settings = settings;
  }

  /** The import that the settings describe; empty when they name no Redis. */
  public Optional<Job> configured() {
    return settings.url().map(url -> job(new ImportOptions(url, settings.pattern(), false)));
  }

  /**
   * Starts an import.
   *
   * @param userId the administrator who asks for it
   * @param url the Redis that has the previous layout; null for that of the settings
   * @param pattern the keys; null for those of the settings
   * @return the run, ended when it took a moment alone; fails with {@link Problem} 400 when there
   *     is no Redis or it may not be named, and as {@link Jobs#run(Job, String)} does
   */
  public Uni<JobRun> start(
      String userId, @Nullable String url, @Nullable String pattern, boolean dryRun) {
    String keys = pattern == null ? settings.pattern() : pattern;
    return jobs.run(job(new ImportOptions(address(url), keys, dryRun)), userId);
  }

  private RedisImport job(ImportOptions options) {
    return new RedisImport(connections, cases, records, offLoop, options);
  }

  private String address(@Nullable String asked) {
    if (asked != null && !settings.urlInRequests()) {
      throw Problem.invalid(
          "url", "must not be given: this service's settings name the Redis to import from");
    }
    String url =
        Optional.ofNullable(asked)
            .or(settings::url)
            .orElseThrow(() -> Problem.invalid("url", "is needed: the settings name none"));
    if (!isRedis(url)) {
      throw Problem.invalid("url", "must be like redis://:password@host:6379/0");
    }
    return url;
  }

  private static boolean isRedis(String url) {
    try {
      URI parsed = URI.create(url);
      return List.of("redis", "rediss").contains(parsed.getScheme()) && parsed.getHost() != null;
    } catch (IllegalArgumentException notAUrl) {
      return false;
    }
  }

  /** Lines of a run's report after a place, in their order. */
  public Uni<List<Refusal>> refusals(String runId, long after, int limit) {
    return records.refusals(runId, after, limit);
  }
}
