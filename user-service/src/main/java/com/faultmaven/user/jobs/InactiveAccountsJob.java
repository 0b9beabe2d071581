package com.faultmaven.user.jobs;

import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.user.domain.InactiveAccount;
import com.faultmaven.user.domain.InactiveAccountSettings;
import com.faultmaven.user.domain.InactiveAccounts;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Deletes accounts softly that nobody has used for a while (specification 7.1), each in a
 * transaction of its own. Off unless the settings switch it on.
 */
@ApplicationScoped
public class InactiveAccountsJob implements Job {
  private static final Duration SHORTEST = Duration.ofDays(1);

  private final InactiveAccounts accounts;
  private final boolean enabled;
  private final Duration after;
  private final int batch;
  private final JobSchedule schedule;

  /** Wires the bean. */
  @Inject
  public InactiveAccountsJob(InactiveAccounts accounts, InactiveAccountSettings settings) {
    this.accounts = accounts;
    this.enabled = settings.enabled();
    this.after = Periods.atLeast(SHORTEST, "faultmaven.inactive-accounts.after", settings.after());
    this.batch = Periods.batch("faultmaven.inactive-accounts.batch", settings.batch());
    this.schedule = JobSchedule.parse(settings.schedule());
  }

  @Override
  public String name() {
    return "inactive-accounts";
  }

  @Override
  public JobSchedule schedule() {
    return schedule;
  }

  @Override
  public boolean isEnabled() {
    return enabled;
  }

  @Override
  public Uni<JobReport> run(JobContext context) {
    Instant since = context.startedAt().minus(after);
    AtomicReference<@Nullable Cursor> last = new AtomicReference<>();
    context.count("deleted", 0);
    return context
        .inBatches("found", batch, () -> deleteNext(context, since, last))
        .map(found -> context.report());
  }

  private Uni<Integer> deleteNext(
      JobContext context, Instant since, AtomicReference<@Nullable Cursor> last) {
    return accounts
        .find(since, last.get(), batch)
        .call(found -> deleteAll(context, since, found))
        .map(
            found -> {
              if (!found.isEmpty()) {
                InactiveAccount seen = found.getLast();
                last.set(new Cursor(seen.lastSeenAt(), seen.userId()));
              }
              return found.size();
            });
  }

  private Uni<Void> deleteAll(JobContext context, Instant since, List<InactiveAccount> found) {
    return Multi.createFrom()
        .iterable(found)
        .select()
        .first(account -> !context.isStopping())
        .onItem()
        .transformToUniAndConcatenate(
            account ->
                accounts
                    .delete(account.userId(), since)
                    .invoke(deleted -> context.count("deleted", deleted ? 1 : 0)))
        .collect()
        .last()
        .replaceWithVoid();
  }
}
