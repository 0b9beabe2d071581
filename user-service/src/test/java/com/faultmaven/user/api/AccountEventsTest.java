package com.faultmaven.user.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Database;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What others learn of an account's changes, and what this replica forgets by it. */
@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class AccountEventsTest {
  @Inject Pool pool;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @ConfigProperty(name = "faultmaven.events.topic-prefix")
  String prefix;

  @Test
  void publishesEveryChangeInItsOrder() {
    TestAccount account = TestAccount.register();
    Tokens own = account.login("laptop");
    Tokens admin = TestAccount.admin();
    String path = "/api/v1/users/" + account.userId();

    own.given(Map.of("display_name", "Ada", "locale", "en-GB")).patch(path).then().statusCode(200);
    admin
        .given(Map.of("roles", List.of("user", "analyst")))
        .put(path + "/roles")
        .then()
        .statusCode(200);
    admin.given().post(path + "/deactivate").then().statusCode(200);
    admin.given().post(path + "/activate").then().statusCode(200);
    admin.given().delete(path).then().statusCode(204);
    admin.given().post(path + "/restore").then().statusCode(200);

    assertThat(Database.events(pool, account.userId()))
        .extracting(event -> event.replaceFirst("com.faultmaven.user.([a-z-]+).v1.*", "$1"))
        .containsExactly(
            "registered",
            "logged-in",
            "updated",
            "roles-changed",
            "deactivated",
            "logged-out",
            "updated",
            "deleted",
            "logged-out",
            "updated");
    assertThat(Database.events(pool, account.userId()))
        .anySatisfy(
            event ->
                assertThat(event)
                    .contains("\"changed\":[\"display_name\",\"locale\"]")
                    .contains("\"is_active\":true"))
        .anySatisfy(event -> assertThat(event).contains("\"roles\":[\"user\",\"analyst\"]"))
        .anySatisfy(
            event ->
                assertThat(event)
                    .contains("\"methods\":[\"password\"]")
                    .contains("\"client_id\":\"laptop\""))
        .anySatisfy(event -> assertThat(event).contains("\"changed\":[\"deleted_at\"]"))
        .allSatisfy(event -> assertThat(event).doesNotContain("@example.org"));
  }

  @Test
  void showsOwnWritesAtOnce() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    for (int i = 0; i < 20; i++) {
      String name = "Name " + i;
      tokens.given().get("/api/v1/auth/me").then().statusCode(200);
      tokens
          .given(Map.of("display_name", name))
          .patch("/api/v1/users/" + account.userId())
          .then()
          .statusCode(200);
      tokens.given().get("/api/v1/auth/me").then().body("display_name", equalTo(name));
      tokens
          .given()
          .get("/api/v1/users/" + account.userId())
          .then()
          .body("display_name", equalTo(name));
    }
  }

  @Test
  void forgetsWhatAnotherReplicaHasChanged() throws Exception {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    tokens.given().get("/api/v1/auth/me").then().statusCode(200);
    // As another replica would: in the database, then by event.
    Database.run(
        pool, "UPDATE users SET display_name = 'Elsewhere' WHERE user_id = $1", account.userId());
    tokens
        .given()
        .get("/api/v1/auth/me")
        .then()
        .body("display_name", equalTo("Name of " + account.username()));

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              send(account.userId());
              tokens
                  .given()
                  .get("/api/v1/auth/me")
                  .then()
                  .body("display_name", equalTo("Elsewhere"));
            });
  }

  private void send(String userId) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new StringSerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(prefix + ".users", userId, new byte[] {'{', '}'})).get();
    }
  }
}
