package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.Mailbox;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.domain.LoginThrottle;
import com.faultmaven.user.domain.RequestOrigin;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guessing is slow, and slows down nobody else. */
@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class ThrottleTest {
  private static final String WRONG = "wrong-password-of-mine";
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  @Inject LoginThrottle throttle;

  @Test
  void letsTheOwnerInFromAKnownNetworkWhileStrangersGuessFromEverywhere() {
    TestAccount account = TestAccount.register();
    String home = network();
    login(account.username(), TestAccount.PASSWORD, home).then().statusCode(200);

    for (int i = 0; i < 50; i++) {
      login(account.username(), WRONG, network()).then().statusCode(401);
    }

    login(account.username(), WRONG, network()).then().statusCode(429);
    login(account.username(), TestAccount.PASSWORD, network())
        .then()
        .statusCode(429)
        .body("code", equalTo("too-many-attempts"));
    login(account.username(), TestAccount.PASSWORD, home).then().statusCode(200);
    for (int i = 0; i < 10; i++) {
      login(account.username(), WRONG, home).then().statusCode(401);
    }
    login(account.username(), TestAccount.PASSWORD, home).then().statusCode(429);
  }

  @Test
  void countsBothNamesOfAnAccountTogether() {
    TestAccount account = TestAccount.register();
    String network = network();
    for (int i = 0; i < 10; i++) {
      String name =
          i % 2 == 0 ? account.username().toUpperCase(java.util.Locale.ROOT) : account.email();
      login(name, WRONG, network).then().statusCode(401);
    }

    login(account.email(), TestAccount.PASSWORD, network).then().statusCode(429);
    login(TestAccount.register().username(), TestAccount.PASSWORD, network).then().statusCode(200);
  }

  @Test
  void treatsUnknownNamesTheSame() {
    String name = "nobody-" + Ids.next();
    String network = network();
    for (int i = 0; i < 10; i++) {
      login(name, WRONG, network).then().statusCode(401);
    }

    login(name, WRONG, network).then().statusCode(429);
  }

  @Test
  void isUnlockedByAReset() {
    TestAccount account = TestAccount.register();
    String network = network();
    for (int i = 0; i < 10; i++) {
      login(account.username(), WRONG, network).then().statusCode(401);
    }
    login(account.username(), TestAccount.PASSWORD, network).then().statusCode(429);

    from(network, Map.of("email", account.email()))
        .post("/api/v1/auth/password/forgot")
        .then()
        .statusCode(202);
    String token = Mailbox.token(account.email(), "Set a new password", 1);
    from(network, Map.of("token", token, "new_password", "another-tractor-42-sleeps"))
        .post("/api/v1/auth/password/reset")
        .then()
        .statusCode(204);

    login(account.username(), "another-tractor-42-sleeps", network).then().statusCode(200);
  }

  @Test
  void writesTheBeginningOfAWaitIntoTheAudit() {
    TestAccount account = TestAccount.register();
    String network = network();
    for (int i = 0; i < 10; i++) {
      login(account.username(), WRONG, network).then().statusCode(401);
    }
    for (int i = 0; i < 5; i++) {
      login(account.username(), WRONG, network).then().statusCode(429);
    }

    TestAccount.admin()
        .given()
        .get("/api/v1/audit/auth-events?event_type=login_throttled&user_id=" + account.userId())
        .then()
        .body("items.detail", equalTo(List.of("account_from_network")))
        .body("items.outcome", equalTo(List.of("failure")))
        .body("items.address", equalTo(List.of(network)));
  }

  @Test
  void forgetsWrongGuessesAfterALogIn() {
    TestAccount account = TestAccount.register();
    String network = network();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 9; i++) {
        login(account.username(), WRONG, network).then().statusCode(401);
      }
      login(account.username(), TestAccount.PASSWORD, network).then().statusCode(200);
    }
  }

  @Test
  void takesWhatComesAfterARightGuessForNoGuess() {
    LoginThrottle.Subject subject =
        LoginThrottle.Subject.of("somebody-" + Ids.next(), null, origin(network()));
    for (int i = 0; i < 20; i++) {
      Uni<String> login =
          throttle.guard(
              subject,
              () -> Uni.createFrom().item("right"),
              right -> Uni.createFrom().failure(wrongGuess()));
      assertThatThrownBy(() -> await(login)).hasMessageContaining("no such account");
    }

    Uni<String> last = throttle.guard(subject, () -> Uni.createFrom().item("right"));
    assertThat(await(last)).isEqualTo("right");
  }

  @Test
  void doesNothingMoreAfterAWrongGuess() {
    LoginThrottle.Subject subject =
        LoginThrottle.Subject.of("somebody-" + Ids.next(), null, origin(network()));
    AtomicInteger after = new AtomicInteger();
    for (int i = 0; i < 11; i++) {
      Uni<Integer> login =
          throttle.guard(
              subject,
              () -> Uni.createFrom().<String>failure(wrongGuess()),
              right -> Uni.createFrom().item(after::incrementAndGet));
      int status = i < 10 ? 401 : 429;
      assertThatThrownBy(() -> await(login))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.status()).isEqualTo(status));
    }

    assertThat(after).hasValue(0);
  }

  @Test
  void slowsDownServicesToo() {
    String network = network();
    Map<String, String> wrong =
        Map.of("client_id", NeighboursResource.SERVICE, "client_secret", "wrong");
    for (int i = 0; i < 10; i++) {
      from(network, wrong).post("/api/v1/auth/service-token").then().statusCode(401);
    }

    from(network, wrong).post("/api/v1/auth/service-token").then().statusCode(429);
  }

  @Test
  void letsNobodyShutAServiceOut() {
    String network = network();
    Map<String, String> wrong =
        Map.of("client_id", NeighboursResource.OTHER_SERVICE, "client_secret", "wrong");
    for (int i = 0; i < 11; i++) {
      from(network, wrong).post("/api/v1/auth/service-token");
    }
    for (int i = 0; i < 51; i++) {
      from(network(), wrong).post("/api/v1/auth/service-token");
    }
    from(network(), wrong).post("/api/v1/auth/service-token").then().statusCode(429);

    Map<String, String> right =
        Map.of(
            "client_id",
            NeighboursResource.OTHER_SERVICE,
            "client_secret",
            NeighboursResource.OTHER_SERVICE_SECRET);
    for (String from : new String[] {network, network()}) {
      from(from, right).post("/api/v1/auth/service-token").then().statusCode(200);
    }
  }

  /** What is typed for a name reads like what guesses at something else are counted under. */
  @ParameterizedTest
  @ValueSource(strings = {"%s", "account %s", "name %s", "second-factor %s", "everywhere %s"})
  void countsNoNameAsSomethingElse(String name) {
    TestAccount account = TestAccount.register();
    String network = network();
    for (int i = 0; i < 11; i++) {
      login(name.formatted(account.userId()), WRONG, network);
    }

    login(account.username(), TestAccount.PASSWORD, network).then().statusCode(200);
  }

  @Test
  void saysHowLongToWait() {
    String name = "nobody-" + Ids.next();
    String network = network();
    for (int i = 0; i < 10; i++) {
      login(name, WRONG, network);
    }

    Response refused = login(name, WRONG, network);

    refused.then().statusCode(429).contentType("application/problem+json");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 2);
    assertThat(refused.header("RateLimit-Remaining")).isEqualTo("0");
  }

  private static String network() {
    int number = NETWORKS.incrementAndGet();
    return "198.18." + number / 250 + "." + (number % 250 + 1);
  }

  private static Response login(String login, String password, String network) {
    return from(
            network,
            Map.of(login.contains("@") ? "email" : "username", login, "password", password))
        .post("/api/v1/auth/login");
  }

  private static io.restassured.specification.RequestSpecification from(
      String network, Map<String, String> body) {
    return given().header("X-Forwarded-For", network).contentType(ContentType.JSON).body(body);
  }

  private static Problem wrongGuess() {
    return Problem.of(401, "invalid-credentials", "There is no such account.");
  }

  private static RequestOrigin origin(String network) {
    return new RequestOrigin(network, "test");
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
