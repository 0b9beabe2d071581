package com.faultmaven.user.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.repository.UserRepository;
import com.faultmaven.common.repository.UserRepositoryContract;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class PostgresUserRepositoryTest extends UserRepositoryContract {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String BACKEND = "SELECT pg_backend_pid()";
  private static final String WAITS = "SELECT cardinality(pg_blocking_pids($1)) > 0";

  @Inject PostgresUserRepository repository;
  @Inject Transactions transactions;
  @Inject Pool pool;

  @Override
  protected UserRepository repository() {
    return repository;
  }

  @Test
  void keepsRolesThatWereSetWhileAProfileChangeWaited() {
    User user = stored();

    User changed =
        behindNewRoles(
            user,
            tx ->
                repository.update(
                    tx, user.userId(), found -> found.toBuilder().displayName("Later").build()));

    assertThat(changed.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.USER);
    User now = repository.get(user.userId()).await().atMost(PATIENCE).orElseThrow();
    assertThat(now.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.USER);
    assertThat(now.displayName()).isEqualTo("Later");
  }

  @Test
  void logsInWithRolesThatWereSetWhileItWaited() {
    User user = stored();

    User loggedIn =
        behindNewRoles(user, tx -> repository.recordLogin(tx, user.userId(), Instant.now(), null));

    assertThat(loggedIn.roles()).containsExactlyInAnyOrder(Role.ADMIN, Role.USER);
  }

  private User stored() {
    String id = Ids.next();
    User user =
        User.create(id, "name" + id, id + "@example.org", Instant.now())
            .displayName("Before")
            .roles(Set.of(Role.USER))
            .build();
    return repository.save(user).await().atMost(PATIENCE);
  }

  /** Runs the work in a transaction that waits for another one, which gives the role admin. */
  private User behindNewRoles(User user, Function<SqlConnection, Uni<Optional<User>>> work) {
    CompletableFuture<Integer> backend = new CompletableFuture<>();
    CompletableFuture<Optional<User>> second = new CompletableFuture<>();
    transactions
        .inTransaction(
            first ->
                repository
                    .update(
                        first,
                        user.userId(),
                        found -> found.toBuilder().roles(Set.of(Role.ADMIN, Role.USER)).build())
                    .invoke(set -> follow(second, backend, work))
                    .call(set -> Uni.createFrom().completionStage(backend).flatMap(this::waits)))
        .await()
        .atMost(PATIENCE);
    return Uni.createFrom().completionStage(second).await().atMost(PATIENCE).orElseThrow();
  }

  private void follow(
      CompletableFuture<Optional<User>> second,
      CompletableFuture<Integer> backend,
      Function<SqlConnection, Uni<Optional<User>>> work) {
    transactions
        .inTransaction(
            tx ->
                tx.query(BACKEND)
                    .execute()
                    .invoke(rows -> backend.complete(rows.iterator().next().getInteger(0)))
                    .flatMap(rows -> work.apply(tx)))
        .subscribe()
        .with(second::complete, second::completeExceptionally);
  }

  private Uni<Boolean> waits(int backend) {
    return pool.preparedQuery(WAITS)
        .execute(Tuple.of(backend))
        .map(rows -> rows.iterator().next().getBoolean(0))
        .repeat()
        .withDelay(Duration.ofMillis(10))
        .until(Boolean::booleanValue)
        .collect()
        .last();
  }
}
