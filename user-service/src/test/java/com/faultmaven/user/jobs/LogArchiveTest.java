package com.faultmaven.user.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.logarchive.AuditSettings;
import com.faultmaven.common.logarchive.LogArchive;
import com.faultmaven.common.repository.ByteRange;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StorageUnavailableException;
import com.faultmaven.common.repository.StoredContent;
import com.faultmaven.common.repository.StoredObject;
import com.faultmaven.common.s3.CompressedObjects;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Database;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.domain.AuditLogs;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Old rows of both logs in the bucket (specification 7.1). */
@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class LogArchiveTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FRESH = Duration.ofDays(90);
  private static final int BATCH = 4;
  private static final String NOTES =
      "SELECT s3_key FROM archived_logs WHERE user_ids @> ARRAY[$1] AND gone_at IS NULL ORDER BY first_at, first_id";

  @Inject LogArchive archive;
  @Inject StorageBackend bucket;
  @Inject Transactions transactions;
  @Inject Pool pool;
  @Inject ObjectMapper json;

  @ConfigProperty(name = "quarkus.datasource.migration.jdbc.url")
  String jdbcUrl;

  @ConfigProperty(name = "faultmaven.db.owner-user")
  String owner;

  @ConfigProperty(name = "faultmaven.db.owner-password")
  String ownerPassword;

  private record Settings(Duration archiveAfter, Duration keep, int batch, int objectsPerPage)
      implements AuditSettings {
    static final Settings USUAL = new Settings(FRESH, Duration.ofDays(730), BATCH, 16);

    @Override
    public String schedule() {
      return "off";
    }
  }

  /** The bucket, and what happens right before and after something was stored in it. */
  private record Bucket(
      StorageBackend delegate,
      Supplier<Uni<Void>> before,
      Supplier<Uni<Void>> after,
      List<String> keys)
      implements StorageBackend {
    Bucket(StorageBackend delegate, Supplier<Uni<Void>> before, Supplier<Uni<Void>> after) {
      this(delegate, before, after, new CopyOnWriteArrayList<>());
    }

    @Override
    public Uni<StoredObject> store(
        String key, Path data, String contentType, Map<String, String> metadata) {
      keys.add(key);
      return before
          .get()
          .chain(() -> delegate.store(key, data, contentType, metadata))
          .call(stored -> after.get());
    }

    @Override
    public Uni<Optional<StoredObject>> stat(String key) {
      return delegate.stat(key);
    }

    @Override
    public Uni<Optional<StoredContent>> retrieve(String key) {
      return delegate.retrieve(key);
    }

    @Override
    public Uni<Optional<StoredContent>> retrieve(String key, ByteRange range) {
      return delegate.retrieve(key, range);
    }

    @Override
    public Uni<Boolean> delete(String key) {
      return delegate.delete(key);
    }

    @Override
    public Uni<List<StoredObject>> list(String prefix, String after, int limit) {
      return delegate.list(prefix, after, limit);
    }
  }

  /** What other tests have left is out of the way. */
  @BeforeEach
  void moveWhatIsOld() {
    runBoth(archive, Settings.USUAL);
  }

  @Test
  void whatIsInTheArchiveIsReadAsBefore() {
    String user = Ids.next();
    String reader = Ids.next();
    for (int i = 0; i < 11; i++) {
      event(user, reader, "192.0.2." + i, daysAgo(91 + i / 6));
      access(reader, user, "192.0.2." + i, daysAgo(91 + i / 6));
    }
    event(user, user, "192.0.2.77", daysAgo(89));
    List<JsonNode> events = list("auth-events?user_id=" + user, 3);
    List<JsonNode> reads = list("data-access?actor_id=" + reader, 3);
    assertThat(events).hasSize(12);
    assertThat(reads).hasSize(11);

    runBoth(archive, Settings.USUAL);

    assertThat(rows(user)).isEqualTo(1);
    assertThat(Database.texts(pool, "SELECT 'x' FROM data_access_log WHERE actor_id = $1", reader))
        .isEmpty();
    for (int limit : List.of(1, 3, 200)) {
      assertThat(list("auth-events?user_id=" + user, limit)).isEqualTo(events);
      assertThat(list("auth-events?actor_id=" + reader, limit)).isEqualTo(events.subList(1, 12));
      assertThat(list("data-access?actor_id=" + reader, limit)).isEqualTo(reads);
      assertThat(list("auth-events?address=192.0.2.7&user_id=" + user, limit)).hasSize(1);
    }
    assertThat(list("auth-events?user_id=" + user + "&until=" + daysAgo(91).plusSeconds(1), 50))
        .isEqualTo(
            events.stream()
                .filter(
                    event ->
                        Instant.parse(event.path("occurred_at").asText())
                            .isBefore(daysAgo(91).plusSeconds(1)))
                .toList());
  }

  @Test
  void anObjectHoldsRowsOfOneDayAsTheyWere() {
    String user = Ids.next();
    Instant evening = daysAgo(95).truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(23));
    for (int i = 0; i < BATCH + 2; i++) {
      event(user, user, "2001:db8::7", evening.plus(Duration.ofSeconds(i)));
    }
    event(user, user, "2001:db8::7", evening.plus(Duration.ofHours(2)));

    JobReport report = runEvents(archive, Settings.USUAL);

    List<String> keys = Database.texts(pool, NOTES, user);
    assertThat(keys)
        .hasSize(3)
        .allMatch(
            key ->
                key.matches(
                    "audit/user-service/auth_audit_log/\\d{4}/\\d\\d/\\d\\d/[0-9a-f-]+\\.jsonl\\.gz"));
    assertThat(keys.get(0)).contains(evening.toString().substring(0, 10).replace('-', '/'));
    assertThat(keys.get(2))
        .contains(evening.plus(Duration.ofHours(2)).toString().substring(0, 10).replace('-', '/'));
    assertThat(keys).extracting(key -> lines(key).size()).containsExactly(BATCH, 2, 1);
    JsonNode first = json(lines(keys.getFirst()).getFirst());
    assertThat(first.path("address").asText()).isEqualTo("2001:db8::7");
    assertThat(Instant.parse(first.path("occurred_at").asText())).isEqualTo(evening);
    assertThat(report.counts())
        .containsEntry("rows_archived", BATCH + 3L)
        .containsEntry("objects_written", 3L);
    assertThat(report.bytes()).isPositive();
    assertThat(runEvents(archive, Settings.USUAL).counts()).containsEntry("rows_archived", 0L);
  }

  /** Nothing is lost and nothing there twice, wherever it breaks off. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatBreaksOffIsDoneAgain(boolean stored) throws SQLException {
    String user = Ids.next();
    for (int i = 0; i < BATCH; i++) {
      event(user, user, "192.0.2.1", daysAgo(100));
    }
    List<JsonNode> events = list("auth-events?user_id=" + user, 50);
    Supplier<Uni<Void>> fails =
        () -> Uni.createFrom().failure(new StorageUnavailableException("s3", new Exception()));
    Supplier<Uni<Void>> nothing = () -> Uni.createFrom().voidItem();

    Bucket bucketThatFails = new Bucket(bucket, stored ? nothing : fails, stored ? fails : nothing);
    assertThatThrownBy(() -> runEvents(archive(bucketThatFails), Settings.USUAL))
        .isInstanceOf(StorageUnavailableException.class);

    assertThat(rows(user)).isEqualTo(BATCH);
    assertThat(list("auth-events?user_id=" + user, 50)).isEqualTo(events);
    String orphan = bucketThatFails.keys().getFirst();
    assertThat(exists(orphan)).isEqualTo(stored);

    runEvents(archive, Settings.USUAL);
    assertThat(rows(user)).isZero();
    assertThat(list("auth-events?user_id=" + user, 50)).isEqualTo(events);
    assertThat(exists(orphan)).as("perhaps somebody is still at it").isEqualTo(stored);

    asOwner(
        "UPDATE archived_logs SET noted_at = now() - interval '61 min' WHERE stored_at IS NULL");
    runEvents(archive, Settings.USUAL);
    assertThat(exists(orphan)).isFalse();
    assertThat(Database.texts(pool, "SELECT 'x' FROM archived_logs WHERE s3_key = $1", orphan))
        .isEmpty();
    assertThat(list("auth-events?user_id=" + user, 50)).isEqualTo(events);
  }

  @Test
  void twoThatMoveTheSameRowsMoveThemOnce() {
    String user = Ids.next();
    for (int i = 0; i < 3; i++) {
      event(user, user, "192.0.2.1", daysAgo(100));
    }
    List<JsonNode> events = list("auth-events?user_id=" + user, 50);
    LogArchive late =
        archive(
            new Bucket(
                bucket,
                () ->
                    archive
                        .moveNext(AuditLogs.AUTH_EVENTS, Instant.now().minus(FRESH), 100)
                        .replaceWithVoid(),
                () -> Uni.createFrom().voidItem()));

    assertThat(got(late.moveNext(AuditLogs.AUTH_EVENTS, Instant.now().minus(FRESH), 100)).rows())
        .isZero();

    assertThat(Database.texts(pool, NOTES, user)).hasSize(1);
    assertThat(list("auth-events?user_id=" + user, 50)).isEqualTo(events);
  }

  @Test
  void anErasureTakesTracesOutOfTheArchive() {
    TestAccount account = TestAccount.register();
    String user = account.userId();
    String admin = Ids.next();
    event(user, user, "192.0.2.1", daysAgo(100));
    event(user, admin, "192.0.2.2", daysAgo(100));
    access(user, admin, "192.0.2.1", daysAgo(100));
    access(admin, user, "192.0.2.2", daysAgo(100));
    runBoth(archive, Settings.USUAL);
    List<String> old = Database.texts(pool, NOTES, user);
    assertThat(old).hasSize(2);

    erase(user);

    assertTraces(user, admin);
    assertThat(old).as("still in the bucket").allMatch(this::exists);
    runBoth(archive, Settings.USUAL);
    assertTraces(user, admin);
    List<String> replaced = Database.texts(pool, NOTES, user);
    assertThat(replaced).hasSize(2).doesNotContainAnyElementsOf(old);
    assertThat(old).noneMatch(this::exists);
    assertThat(replaced)
        .allSatisfy(
            key ->
                assertThat(lines(key))
                    .anyMatch(line -> line.contains("192.0.2.2"))
                    .noneMatch(line -> line.contains("192.0.2.1\"")));
    assertThat(runEvents(archive, Settings.USUAL).counts()).containsEntry("objects_to_erase", 0L);
  }

  @Test
  void anErasureMeetsRowsOnTheirWayAndObjectsThatAreReplaced() {
    String user = Ids.next();
    String admin = Ids.next();
    event(user, user, "192.0.2.1", daysAgo(100));
    event(user, admin, "192.0.2.2", daysAgo(100));
    LogArchive interrupted =
        archive(new Bucket(bucket, () -> erasing(user), () -> Uni.createFrom().voidItem()));

    runEvents(interrupted, Settings.USUAL);

    assertThat(rows(user)).isZero();
    assertThat(lines(Database.texts(pool, NOTES, user).getFirst()))
        .anyMatch(line -> line.contains("192.0.2.2"))
        .noneMatch(line -> line.contains("192.0.2.1\""));

    LogArchive again =
        archive(new Bucket(bucket, () -> Uni.createFrom().voidItem(), () -> erasing(admin)));
    got(erasing(user));
    runEvents(again, Settings.USUAL);
    assertThat(list("auth-events?user_id=" + user, 50))
        .isNotEmpty()
        .allMatch(event -> event.path("address").isNull());
    runEvents(archive, Settings.USUAL);
    assertThat(lines(Database.texts(pool, NOTES, user).getFirst()))
        .noneMatch(line -> line.contains("192.0.2."));
  }

  @Test
  void anObjectThatCannotBeReadKeepsNoOtherFromErasure() {
    String user = Ids.next();
    event(user, user, "192.0.2.1", daysAgo(100));
    event(user, user, "192.0.2.1", daysAgo(101));
    runEvents(archive, Settings.USUAL);
    List<String> keys = Database.texts(pool, NOTES, user);
    String broken = keys.getFirst();
    byte[] content = String.join("\n", lines(broken)).concat("\n").getBytes(UTF_8);
    got(erasing(user));
    got(bucket.store(broken, Path.of("README.md"), "application/gzip", Map.of()));

    JobContext context = context();
    assertThatThrownBy(() -> got(new AuthAuditRetentionJob(archive, Settings.USUAL).run(context)))
        .hasMessageContaining("not every object");

    assertThat(context.report().counts())
        .containsEntry("objects_to_erase", 2L)
        .containsEntry("failed", 1L);
    assertThat(Database.texts(pool, NOTES, user)).contains(broken).doesNotContain(keys.getLast());
    assertThat(exists(keys.getLast())).isFalse();

    got(new CompressedObjects(bucket, 1 << 20).store(broken, () -> content));
    runEvents(archive, Settings.USUAL);
    assertThat(Database.texts(pool, NOTES, user)).hasSize(2).doesNotContain(broken);
  }

  @Test
  void rowsOfTwoYearsGoWhereverTheyAre() {
    String user = Ids.next();
    event(user, user, "192.0.2.1", daysAgo(731));
    event(user, user, "192.0.2.1", daysAgo(700));
    runEvents(archive, new Settings(FRESH, Duration.ofDays(2000), BATCH, 16));
    List<String> keys = Database.texts(pool, NOTES, user);
    assertThat(keys).hasSize(2).allMatch(this::exists);
    event(user, user, "192.0.2.2", daysAgo(731));

    JobReport report = runEvents(archive, Settings.USUAL);

    assertThat(list("auth-events?user_id=" + user, 50)).hasSize(1);
    assertThat(report.counts()).containsEntry("rows_deleted", 1L);
    assertThat(exists(keys.get(0))).isFalse();
    assertThat(exists(keys.get(1))).isTrue();
  }

  @Test
  void whatIsNotWhatWasStoredIsNotGivenOut() {
    String user = Ids.next();
    event(user, user, "192.0.2.1", daysAgo(100));
    runEvents(archive, Settings.USUAL);
    String key = Database.texts(pool, NOTES, user).getFirst();
    List<String> before = lines(key);

    got(
        new CompressedObjects(bucket, 1 << 20)
            .store(key, () -> before.getFirst().replace("192.0.2.1", "192.0.2.9").getBytes(UTF_8)));
    for (int damage = 0; damage < 3; damage++) {
      if (damage == 1) {
        got(bucket.store(key, Path.of("README.md"), "application/gzip", Map.of()));
      } else if (damage == 2) {
        got(bucket.delete(key));
      }
      read("auth-events?user_id=" + user)
          .then()
          .statusCode(500)
          .body("code", equalTo("internal-error"))
          .body("trace_id", matchesPattern("[0-9a-f]{32}"));
    }

    got(
        new CompressedObjects(bucket, 1 << 20)
            .store(key, () -> (before.getFirst() + "\n").getBytes(UTF_8)));
    assertThat(list("auth-events?user_id=" + user, 50)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42501 | SELECT * FROM read_auth_audit_log(now(), 1)",
        "42501 | SELECT * FROM read_data_access_log(now(), 1)",
        "42501 | SELECT * FROM take_auth_audit_log(ARRAY['x'])",
        "42501 | SELECT * FROM take_data_access_log(ARRAY['x'])",
        "42501 | UPDATE archived_logs SET gone_at = now()",
        "42501 | DELETE FROM archived_logs",
        "42501 | INSERT INTO archived_logs (s3_key, log, stored_at) VALUES ('x', 'x', now())",
        "42883 | SELECT next_log_rows('users', now() - interval '91 days', 1)",
        "22023 | SELECT next_log_rows('auth_audit_log', now() - interval '91 days', 10001)",
        "22023 | SELECT forget_log_rows('auth_audit_log', now() - interval '91 days', 10001)",
        "22023 | SELECT forget_log_rows('auth_audit_log', now() - interval '91 days', 0)",
        "22023 | SELECT forget_log_rows('auth_audit_log', now() - interval '91 days', NULL)",
        "P0002 | SELECT archive_log_rows('none', ARRAY['x'], 'x', 1)",
        "P0002 | SELECT replace_archived_log('none', 'none', 'x', 1, ARRAY['x'])"
      })
  void theServiceRemovesNothingInAnotherWay(String state, String sql) {
    assertThatThrownBy(() -> got(pool.query(sql).execute()))
        .isInstanceOfSatisfying(
            PgException.class, refused -> assertThat(refused.getSqlState()).isEqualTo(state));
  }

  @Test
  void whatIsYoungerThanNinetyDaysStaysWhateverIsAskedFor() {
    String user = Ids.next();
    String fresh = event(user, user, "192.0.2.1", daysAgo(89));
    event(user, user, "192.0.2.1", daysAgo(91));

    got(pool.query("SELECT forget_log_rows('auth_audit_log', NULL, 10000)").execute());
    got(pool.query("SELECT expire_archived_logs('auth_audit_log', NULL)").execute());
    assertThat(rows(user)).isEqualTo(2);
    assertThat(got(archive.moveNext(AuditLogs.AUTH_EVENTS, Instant.now(), 100)).rows())
        .isEqualTo(1);
    got(pool.query("SELECT forget_log_rows('auth_audit_log', 'infinity', 10000)").execute());

    assertThat(Database.texts(pool, "SELECT audit_id FROM auth_audit_log WHERE user_id = $1", user))
        .containsExactly(fresh);
  }

  @Test
  void onlyOldRowsLeaveAndOnlyAsTheyWereStored() {
    String user = Ids.next();
    String fresh = event(user, user, "192.0.2.1", daysAgo(89));
    String old = event(user, user, "192.0.2.1", daysAgo(91));

    assertThatThrownBy(() -> archiveRow(fresh, digest(fresh))).hasMessageContaining("90 days stay");
    assertThatThrownBy(() -> archiveRow(old, digest(fresh))).hasMessageContaining("have changed");
    assertThatThrownBy(() -> archiveRow(old, null)).hasMessageContaining("have changed");
    assertThat(rows(user)).isEqualTo(2);

    archiveRow(old, digest(old));
    assertThat(rows(user)).isEqualTo(1);
  }

  private String digest(String auditId) {
    return Database.text(
        pool,
        """
        SELECT encode(sha256(convert_to(log_line(l) || chr(10), 'UTF8')), 'hex')
        FROM auth_audit_log l WHERE audit_id = $1
        """,
        auditId);
  }

  private void archiveRow(String auditId, @Nullable String digest) {
    String key = Ids.next();
    got(
        pool.preparedQuery("INSERT INTO archived_logs (s3_key, log) VALUES ($1, 'auth_audit_log')")
            .execute(Tuple.of(key)));
    got(
        pool.preparedQuery("SELECT archive_log_rows($1, $2, $3, 1)")
            .execute(Tuple.of(key, new String[] {auditId}, digest)));
  }

  @Test
  void anObjectIsReplacedOnlyByOneWithoutErasedUsers() {
    String user = Ids.next();
    event(user, user, "192.0.2.1", daysAgo(100));
    runEvents(archive, Settings.USUAL);
    String key = Database.text(pool, NOTES, user);
    String next = Ids.next();
    got(
        pool.preparedQuery("INSERT INTO archived_logs (s3_key, log) VALUES ($1, 'auth_audit_log')")
            .execute(Tuple.of(next)));
    for (String erased : Arrays.asList("{}", "{" + user + "}", null)) {
      assertThatThrownBy(
              () ->
                  got(
                      pool.preparedQuery(
                              "SELECT replace_archived_log($1, $2, 'x', 1, $3::TEXT::TEXT[])")
                          .execute(Tuple.of(key, next, erased))))
          .hasMessageContaining("nothing of these users is to be erased");
    }
    assertThat(Database.texts(pool, NOTES, user)).containsExactly(key);
  }

  @Test
  void startsWithNoSettingThatWouldWipeTraces() {
    for (Settings wrong :
        List.of(
            new Settings(Duration.ofDays(89), Duration.ofDays(730), BATCH, 16),
            new Settings(FRESH, Duration.ofDays(89), BATCH, 16),
            new Settings(Duration.ofDays(100), Duration.ofDays(99), BATCH, 16),
            new Settings(FRESH, FRESH, 0, 16),
            new Settings(FRESH, FRESH, 10_001, 16))) {
      assertThatThrownBy(() -> new AuthAuditRetentionJob(archive, wrong))
          .hasMessageContaining("faultmaven.audit.");
    }
    assertThatThrownBy(
            () ->
                new LogArchive(
                    transactions, bucket, new Settings(FRESH, FRESH, BATCH, 0), "user-service"))
        .hasMessageContaining("faultmaven.audit.objects-per-page");
  }

  private void assertTraces(String user, String admin) {
    assertThat(list("auth-events?user_id=" + user + "&actor_id=" + admin, 50))
        .allMatch(event -> event.path("address").asText().equals("192.0.2.2"))
        .hasSize(1);
    assertThat(list("auth-events?actor_id=" + user, 50))
        .isNotEmpty()
        .allMatch(event -> event.path("address").isNull() && event.path("user_agent").isNull());
    assertThat(list("data-access?actor_id=" + user, 50))
        .allMatch(access -> access.path("address").isNull())
        .hasSize(1);
    assertThat(list("data-access?user_id=" + user, 50))
        .anyMatch(access -> access.path("address").asText().equals("192.0.2.2"));
  }

  private void erase(String user) {
    got(pool.preparedQuery("DELETE FROM users WHERE user_id = $1").execute(Tuple.of(user)));
    got(erasing(user));
  }

  private Uni<Void> erasing(String user) {
    return pool.preparedQuery("SELECT erase_log_traces($1)")
        .execute(Tuple.of(user))
        .replaceWithVoid();
  }

  private LogArchive archive(StorageBackend storage) {
    return new LogArchive(transactions, storage, Settings.USUAL, "user-service");
  }

  private JobReport runEvents(LogArchive archive, AuditSettings settings) {
    return got(new AuthAuditRetentionJob(archive, settings).run(context()));
  }

  private void runBoth(LogArchive archive, AuditSettings settings) {
    runEvents(archive, settings);
    got(new DataAccessRetentionJob(archive, settings).run(context()));
  }

  private static JobContext context() {
    return new JobContext(Ids.next(), Instant.now());
  }

  private static Instant daysAgo(int days) {
    return Instant.now().minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.MILLIS);
  }

  private String event(String user, String actor, String address, Instant at) {
    String id = Ids.next();
    got(
        pool.preparedQuery(
                """
                INSERT INTO auth_audit_log (audit_id, event_type, outcome, user_id, actor_id,
                  address, user_agent, occurred_at)
                VALUES ($1, 'logged_out', 'success', $2, $3, $4, 'curl', $5)
                """)
            .execute(Tuple.of(id, user, actor, address, Rows.utc(at))));
    return id;
  }

  private void access(String actor, String user, String address, Instant at) {
    got(
        pool.preparedQuery(
                """
                INSERT INTO data_access_log
                  (access_id, actor_id, user_id, resource, action, address, occurred_at)
                VALUES ($1, $2, $3, 'account', 'read', $4, $5)
                """)
            .execute(Tuple.of(Ids.next(), actor, user, address, Rows.utc(at))));
  }

  private int rows(String user) {
    return Integer.parseInt(
        Database.text(pool, "SELECT count(*)::TEXT FROM auth_audit_log WHERE user_id = $1", user));
  }

  /** All pages as the API gives them. */
  private List<JsonNode> list(String path, int limit) {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = json(read(path + "&limit=" + limit + "&cursor=" + next).asString());
      page.path("items").forEach(items::add);
      assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
      next = page.path("next_cursor").asText("");
    } while (!next.isEmpty() && !next.equals("null"));
    return items;
  }

  private static Response read(String path) {
    Tokens admin = TestAccount.admin();
    return admin.given().get("/api/v1/audit/" + path);
  }

  private boolean exists(String key) {
    return got(bucket.exists(key));
  }

  private List<String> lines(String key) {
    return got(new CompressedObjects(bucket, 1 << 20).read(key, String::new))
        .orElseThrow()
        .lines()
        .toList();
  }

  private JsonNode json(String text) {
    try {
      return json.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  private void asOwner(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, owner, ownerPassword);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static <T> T got(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
