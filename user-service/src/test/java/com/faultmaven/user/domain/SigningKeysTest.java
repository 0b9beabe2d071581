package com.faultmaven.user.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class SigningKeysTest {
  @Inject SigningKeyStore store;
  @Inject KeyPairs pairs;
  @Inject Transactions transactions;
  @Inject TokenSettings settings;
  @Inject SigningKeys running;
  @Inject Pool pool;

  @AfterEach
  void forgetKeysOfTheFuture() {
    await(
        pool.query("DELETE FROM signing_keys WHERE created_at > now() + interval '1 day'")
            .execute());
    await(running.refresh());
  }

  @Test
  void publishesASuccessorBeforeItSignsAndTheOldKeyUntilItsTokensExpire() {
    Instant made = await(store.list()).getFirst().createdAt();
    SigningKey first = await(at(made).current());

    Instant due = made.plus(settings.keyLifetime());
    List<SigningKey> both = await(at(due).published());
    assertThat(both).hasSize(2).contains(first);
    SigningKey second = both.getLast();
    assertThat(await(at(due).current())).isEqualTo(first);

    Instant active = due.plus(settings.keyPublishAhead());
    assertThat(await(at(active).current())).isEqualTo(second);
    assertThat(await(at(active.plus(settings.accessLifetime())).published()))
        .containsExactly(first, second);
  }

  @Test
  void removesAKeyAfterItsLastToken() {
    StoredSigningKey kept = await(store.list()).getFirst();
    Instant due = kept.createdAt().plus(settings.keyLifetime());
    SigningKey second = await(at(due).published()).getLast();

    List<SigningKey> later = await(at(due.plus(Duration.ofHours(1))).published());

    assertThat(later).containsExactly(second);
    await(transactions.inTransaction(tx -> store.add(tx, kept)));
  }

  @Test
  void makesOneKeyForAllReplicas() {
    Instant due = await(store.list()).getFirst().createdAt().plus(settings.keyLifetime());

    List<List<SigningKey>> replicas =
        await(
            Uni.join()
                .all(at(due).published(), at(due).published(), at(due).published())
                .usingConcurrencyOf(3)
                .andFailFast());

    assertThat(replicas).allSatisfy(keys -> assertThat(keys).hasSize(2));
    assertThat(replicas.stream().distinct()).hasSize(1);
  }

  /** A replica that starts at that time. */
  private SigningKeys at(Instant time) {
    return new SigningKeys(store, pairs, transactions, settings, Clock.fixed(time, ZoneOffset.UTC));
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
