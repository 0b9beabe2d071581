package com.faultmaven.user.jobs;

import com.faultmaven.common.job.Job;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.job.JobSchedule;
import com.faultmaven.user.domain.Resealing;
import com.faultmaven.user.domain.SigningKey;
import com.faultmaven.user.domain.SigningKeySettings;
import com.faultmaven.user.domain.SigningKeyStore;
import com.faultmaven.user.domain.SigningKeys;
import com.faultmaven.user.domain.StoredSigningKey;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes, removes and re-encrypts signing keys that are due, also when nobody asks for one; and
 * encrypts anew whatever else a former key has encrypted.
 */
@ApplicationScoped
public class SigningKeysJob implements Job {
  private final SigningKeys keys;
  private final SigningKeyStore store;
  private final Resealing resealing;
  private final int batch;
  private final JobSchedule schedule;

  /** Wires the bean. */
  @Inject
  public SigningKeysJob(
      SigningKeys keys, SigningKeyStore store, Resealing resealing, SigningKeySettings settings) {
    this.keys = keys;
    this.store = store;
    this.resealing = resealing;
    this.batch = Periods.batch("faultmaven.signing-keys.batch", settings.batch());
    this.schedule = JobSchedule.parse(settings.schedule());
  }

  @Override
  public String name() {
    return "signing-keys";
  }

  @Override
  public JobSchedule schedule() {
    return schedule;
  }

  @Override
  public Uni<JobReport> run(JobContext context) {
    return store
        .list()
        .flatMap(before -> keys.refresh().invoke(after -> count(context, before, after)))
        .flatMap(after -> resealAll(context))
        .map(resealed -> context.report());
  }

  private Uni<Void> resealAll(JobContext context) {
    context.count("resealed", 0);
    context.count("unreadable", 0);
    return Multi.createFrom()
        .iterable(resealing.kinds())
        .onItem()
        .transformToUniAndConcatenate(kind -> reseal(context, kind))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Long> reseal(JobContext context, String kind) {
    AtomicReference<@Nullable String> last = new AtomicReference<>();
    return context.inBatches(
        "sealed_before",
        batch,
        () ->
            resealing
                .next(kind, last.get(), batch)
                .invoke(
                    done -> {
                      last.set(done.last());
                      context.count("resealed", done.resealed());
                      context.count("unreadable", done.unreadable());
                    })
                .map(Resealing.Batch::found));
  }

  private static void count(
      JobContext context, List<StoredSigningKey> before, List<SigningKey> after) {
    Set<String> old =
        before.stream().map(StoredSigningKey::keyId).collect(Collectors.toCollection(HashSet::new));
    Set<String> now = after.stream().map(SigningKey::keyId).collect(Collectors.toSet());
    context.count("published", now.size());
    context.count("made", now.stream().filter(key -> !old.contains(key)).count());
    old.removeAll(now);
    context.count("removed", old.size());
  }
}
