package com.faultmaven.user.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.job.JobContext;
import com.faultmaven.common.job.JobReport;
import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.domain.AccountStore;
import com.faultmaven.user.domain.ExpiredRows;
import com.faultmaven.user.domain.ExpiredTokenSettings;
import com.faultmaven.user.domain.InactiveAccountSettings;
import com.faultmaven.user.domain.InactiveAccounts;
import com.faultmaven.user.domain.Profiles;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class JobsOfAccountsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BATCH = 3;

  @Inject InactiveAccounts inactive;
  @Inject AccountStore accounts;
  @Inject Profiles profiles;
  @Inject ExpiredRows expired;
  @Inject Transactions transactions;
  @Inject Pool pool;

  private record InactiveSettings(Duration after, int batch) implements InactiveAccountSettings {
    @Override
    public boolean enabled() {
      return true;
    }

    @Override
    public String schedule() {
      return "off";
    }
  }

  private record TokenJobSettings(int batch) implements ExpiredTokenSettings {
    @Override
    public String schedule() {
      return "off";
    }
  }

  @Test
  void deletesAccountsThatNobodyUsesInBatchesAndNoOthers() {
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < 2 * BATCH + 1; i++) {
      unused.add(account(31 + i, null, Role.USER));
    }
    unused.add(account(400, 31, Role.USER, Role.ANALYST));
    String young = account(29, null, Role.USER);
    String seen = account(400, 29, Role.USER);
    String admin = account(400, 300, Role.USER, Role.ADMIN);

    JobReport report = runInactive();

    assertThat(report.counts().get("deleted")).isGreaterThanOrEqualTo(unused.size());
    assertThat(unused).allMatch(this::isDeleted);
    assertThat(List.of(young, seen, admin)).noneMatch(this::isDeleted);
    assertThat(runInactive().counts()).containsEntry("deleted", 0L).containsEntry("found", 0L);
  }

  @Test
  void endsTheLogInsAndTellsTheAuditAndTheOthers() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    String id = account.userId();
    String before = "2020-01-01T00:00:00Z";
    // As if all of that were long ago, but for the audit, which nobody can change.
    run("UPDATE users SET created_at = $2, last_login_at = $2 WHERE user_id = $1", id, at(before));
    assertThat(isDeletedBy(id, Instant.parse(before))).isFalse();
    assertThat(isDeletedBy(id, Instant.now().plusSeconds(60))).isTrue();

    assertThat(TestAccount.refresh(tokens.refresh()).statusCode()).isEqualTo(401);
    assertThat(TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).statusCode())
        .isEqualTo(401);
    assertThat(texts("SELECT revoke_reason FROM refresh_families WHERE user_id = $1", id))
        .containsExactly("inactive");
    assertThat(
            texts(
                """
                SELECT concat_ws(' ', event_type, detail, actor_id) FROM auth_audit_log
                WHERE user_id = $1 AND event_type = 'deleted'
                """,
                id))
        .containsExactly("deleted inactive");
    assertThat(
            texts(
                """
                SELECT concat_ws(' ', event_type, data::jsonb ->> 'reason',
                  data::jsonb ->> 'session_id')
                FROM outbox WHERE aggregate_id = $1 ORDER BY seq DESC LIMIT 2
                """,
                id))
        .containsExactly(
            "com.faultmaven.user.logged-out.v1", "com.faultmaven.user.deleted.v1 inactive");
  }

  @Test
  void forgetsTheProfilesOfAccountsThatItDeletes() {
    String id = account(100, null, Role.USER);
    assertThat(got(profiles.active(id))).isPresent();

    assertThat(isDeletedBy(id, Instant.now().minus(Duration.ofDays(30)))).isTrue();

    assertThat(got(profiles.active(id))).isEmpty();
  }

  @Test
  void leavesAccountsThatAreUsedWithTheTokensOfAnEarlierLogInOrWereRestored() {
    TestAccount refreshed = TestAccount.register();
    TestAccount.refresh(refreshed.login().refresh());
    TestAccount restored = TestAccount.register();
    Tokens admin = TestAccount.admin();
    admin.given().delete("/api/v1/users/" + restored.userId()).then().statusCode(204);
    admin.given().post("/api/v1/users/" + restored.userId() + "/restore").then().statusCode(200);
    for (TestAccount account : List.of(refreshed, restored)) {
      run(
          "UPDATE users SET created_at = $2, last_login_at = $2 WHERE user_id = $1",
          account.userId(),
          at("2020-01-01T00:00:00Z"));
    }

    runInactive();

    assertThat(isDeleted(refreshed.userId())).isFalse();
    assertThat(isDeleted(restored.userId())).isFalse();
  }

  @Test
  void leavesAnAccountThatSomebodySignsInToMeanwhile() {
    String id = account(100, null, Role.USER);
    Instant since = Instant.now().minus(Duration.ofDays(30));
    assertThat(got(inactive.find(since, null, 10_000))).anyMatch(f -> f.userId().equals(id));

    CompletableFuture<Boolean> deleted = new CompletableFuture<>();
    got(
        transactions.inTransaction(
            login ->
                accounts
                    .recordLogin(login, id, Instant.now(), null)
                    .invoke(
                        signedIn ->
                            inactive
                                .delete(id, since)
                                .subscribe()
                                .with(deleted::complete, deleted::completeExceptionally))
                    .call(signedIn -> somebodyWaits())));

    assertThat(deleted).succeedsWithin(PATIENCE).isEqualTo(false);
    assertThat(isDeleted(id)).isFalse();
  }

  @Test
  void leavesAnAccountThatBecomesAnAdministratorMeanwhile() {
    String id = account(100, null, Role.USER);
    Instant since = Instant.now().minus(Duration.ofDays(30));

    CompletableFuture<Boolean> deleted = new CompletableFuture<>();
    got(
        transactions.inTransaction(
            roles ->
                accounts
                    .update(roles, id, user -> user.toBuilder().roles(Set.of(Role.ADMIN)).build())
                    .invoke(
                        set ->
                            inactive
                                .delete(id, since)
                                .subscribe()
                                .with(deleted::complete, deleted::completeExceptionally))
                    .call(set -> somebodyWaits())));

    assertThat(deleted).succeedsWithin(PATIENCE).isEqualTo(false);
    assertThat(isDeleted(id)).isFalse();
  }

  @Test
  void removesTokensThatHaveExpiredInBatchesAndNoOthers() {
    TestAccount account = TestAccount.register();
    Tokens living = account.login();
    String family =
        texts("SELECT family_id FROM refresh_families WHERE user_id = $1", account.userId())
            .getFirst();
    for (int i = 0; i < 2 * BATCH + 1; i++) {
      run(
          """
          INSERT INTO refresh_tokens
            (token_hash, family_id, access_token_id, issued_at, expires_at)
          VALUES (sha256($2::TEXT::BYTEA), $1, $2, now() - interval '20 d', now() - interval '6 d')
          """,
          family,
          Ids.next());
      run(
          """
          INSERT INTO refresh_families (family_id, user_id, created_at, expires_at)
          VALUES ($2, $1, now() - interval '90 d', now() - interval '1 s')
          """,
          account.userId(),
          Ids.next());
    }

    JobReport report =
        got(new ExpiredTokensJob(expired, new TokenJobSettings(BATCH)).run(context()));

    assertThat(report.counts().get("refresh_tokens")).isGreaterThanOrEqualTo(2 * BATCH + 1);
    assertThat(report.counts().get("refresh_families")).isGreaterThanOrEqualTo(2 * BATCH + 1);
    assertThat(texts("SELECT family_id FROM refresh_families WHERE user_id = $1", account.userId()))
        .containsExactly(family);
    assertThat(texts("SELECT access_token_id FROM refresh_tokens WHERE family_id = $1", family))
        .hasSize(1);
    assertThat(TestAccount.refresh(living.refresh()).statusCode()).isEqualTo(200);
  }

  @Test
  void startsWithNoSettingThatWouldWipeAccounts() {
    assertThatThrownBy(
            () ->
                new InactiveAccountsJob(inactive, new InactiveSettings(Duration.ofHours(1), BATCH)))
        .hasMessageContaining("faultmaven.inactive-accounts.after");
  }

  private JobReport runInactive() {
    return got(
        new InactiveAccountsJob(inactive, new InactiveSettings(Duration.ofDays(30), BATCH))
            .run(context()));
  }

  private static JobContext context() {
    return new JobContext(Ids.next(), Instant.now());
  }

  /** Whether the job deletes it that counts back to this time. */
  private boolean isDeletedBy(String id, Instant since) {
    return got(inactive.delete(id, since));
  }

  /** Waits until a transaction of this database waits for another one. */
  private Uni<Void> somebodyWaits() {
    return pool.query(
            """
            SELECT count(*) > 0 FROM pg_stat_activity
            WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0
            """)
        .execute()
        .map(rows -> rows.iterator().next().getBoolean(0))
        .repeat()
        .withDelay(Duration.ofMillis(10))
        .until(Boolean::booleanValue)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private String account(int daysOld, @Nullable Integer daysSinceLogin, Role... roles) {
    String id = Ids.next();
    Instant now = Instant.now();
    User user =
        User.create(id, "name" + id, id + "@example.org", now.minus(Duration.ofDays(daysOld)))
            .displayName("Name")
            .roles(Set.of(roles))
            .lastLoginAt(daysSinceLogin == null ? null : now.minus(Duration.ofDays(daysSinceLogin)))
            .build();
    got(accounts.save(user));
    return id;
  }

  private boolean isDeleted(String id) {
    return got(accounts.get(id)).isEmpty();
  }

  private static OffsetDateTime at(String time) {
    return OffsetDateTime.parse(time);
  }

  private void run(String sql, Object... values) {
    got(pool.preparedQuery(sql).execute(Tuple.from(List.of(values))));
  }

  private List<String> texts(String sql, String value) {
    List<String> texts = new ArrayList<>();
    got(pool.preparedQuery(sql).execute(Tuple.of(value)))
        .forEach(row -> texts.add(row.getString(0)));
    return texts;
  }

  private static <T> T got(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
