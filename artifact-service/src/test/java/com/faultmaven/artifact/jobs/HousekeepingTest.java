package com.faultmaven.artifact.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.faultmaven.artifact.Neighbours;
import com.faultmaven.artifact.domain.CaseProjection;
import com.faultmaven.artifact.domain.FileStore;
import com.faultmaven.artifact.domain.JobSettings;
import com.faultmaven.artifact.domain.ObjectRemoval;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.testing.ServersResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(Neighbours.class)
class HousekeepingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject OneAtATime oneAtATime;
  @Inject FileStore store;
  @Inject CaseProjection cases;
  @Inject Transactions transactions;
  @Inject Clock clock;
  @Inject Vertx vertx;
  @Inject MeterRegistry metrics;
  @Inject StorageBackend storage;
  @Inject Pool pool;

  @TempDir Path files;

  private final String caseId = Ids.next();
  private final String prefix = "artifacts/" + Ids.next() + "/";

  @Test
  void deletesExpiredRowsInBatches() {
    for (int i = 0; i < 5; i++) {
      insert("artifacts/x/" + Ids.next(), "now() - interval '1 second'");
    }
    insert("artifacts/x/" + Ids.next(), "now() + interval '1 hour'");
    insert("artifacts/x/" + Ids.next(), "NULL");

    int deleted = housekeeping().deleteExpired().await().atMost(PATIENCE);

    assertThat(deleted).isEqualTo(5);
    assertThat(number("SELECT count(*) FROM uploaded_files WHERE case_id = $1", caseId))
        .isEqualTo(2);
    assertThat(housekeeping().deleteExpired().await().atMost(PATIENCE)).isZero();
    assertThat(housekeeping().deleteNotedObjects().await().atMost(PATIENCE))
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void deletesObjectsWithoutARow() throws IOException {
    for (String name : new String[] {"a", "b", "c", "d", "e"}) {
      store(prefix + name);
    }
    insert(prefix + "b", "NULL");
    insert(prefix + "e", "NULL");

    int deleted = housekeeping().deleteOrphans().await().atMost(PATIENCE);

    assertThat(deleted).isEqualTo(3);
    assertThat(storage.list(prefix, "", 10).await().atMost(PATIENCE))
        .extracting(object -> object.key().substring(prefix.length()))
        .containsExactly("b", "e");
  }

  @Test
  void runsAJobOnceAtATime() {
    CompletableFuture<Integer> release = new CompletableFuture<>();
    CompletableFuture<Boolean> begun = new CompletableFuture<>();
    CompletableFuture<Integer> first =
        oneAtATime
            .run(
                "test",
                () -> {
                  begun.complete(true);
                  return Uni.createFrom().completionStage(release);
                })
            .subscribeAsCompletionStage();
    await().atMost(PATIENCE).until(begun::isDone);

    int second = oneAtATime.run("test", () -> Uni.createFrom().item(7)).await().atMost(PATIENCE);
    release.complete(5);

    assertThat(second).isZero();
    assertThat(first.join()).isEqualTo(5);
    assertThat(oneAtATime.run("test", () -> Uni.createFrom().item(7)).await().atMost(PATIENCE))
        .isEqualTo(7);
  }

  /** Two rows are a batch, objects of this test's folder alone count as orphans, and at once. */
  private Housekeeping housekeeping() {
    JobSettings settings =
        new SmallRyeConfigBuilder()
            .withMapping(JobSettings.class)
            .withDefaultValue("faultmaven.jobs.batch", "2")
            .withDefaultValue("faultmaven.jobs.orphan-age", "PT0S")
            .withDefaultValue("faultmaven.jobs.orphan-prefix", prefix)
            .build()
            .getConfigMapping(JobSettings.class);
    return new Housekeeping(
        oneAtATime,
        store,
        cases,
        new ObjectRemoval(store, storage, settings),
        storage,
        transactions,
        settings,
        clock,
        vertx,
        metrics);
  }

  private void store(String key) throws IOException {
    Path file = Files.writeString(files.resolve("data"), key);
    storage.store(key, file, "text/plain", Map.of()).await().atMost(PATIENCE);
  }

  private void insert(String key, String expiresAt) {
    run(
        "INSERT INTO cases VALUES ($1, 'u', 'investigating', now()) ON CONFLICT DO NOTHING",
        caseId);
    run(
        """
        INSERT INTO uploaded_files (file_id, case_id, filename, data_type, size_bytes, s3_key,
          preprocessing_status, uploaded_at, uploaded_by, content_type, sha256, expires_at)
        VALUES ('%s', '%s', 'a.log', 'logs_and_errors', 1, $1, 'completed', now(), 'u',
          'text/plain', 'x', %s)
        """
            .formatted(Ids.next(), caseId, expiresAt),
        key);
  }

  private long number(String sql, String id) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(id))
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getLong(0);
  }

  private void run(String sql, String id) {
    pool.preparedQuery(sql).execute(Tuple.of(id)).await().atMost(PATIENCE);
  }
}
