package com.faultmaven.common.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A service whose tokens are verified once and then remembered, over HTTP. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class RememberedTokensTest {
  private static final String CALLERS = "/api/v1/callers";

  @Inject MeterRegistry metrics;

  @Test
  void seesTheSameCallerInARememberedToken() {
    String user = Ids.next();
    String token = TestTokens.withSession(user, "session-1", Roles.USER, Roles.ADMIN);
    double hits = hits();

    String first = get(token).then().statusCode(200).extract().asString();
    String second = get(token).then().statusCode(200).extract().asString();

    assertThat(second).isEqualTo(first);
    assertThat(hits()).isEqualTo(hits + 1);
    get(token)
        .then()
        .body("user_id", equalTo(user))
        .body("username", equalTo("name-of-" + user))
        .body("roles", equalTo(List.of(Roles.ADMIN, Roles.USER)))
        .body("session_id", equalTo("session-1"))
        .body("token_hash", equalTo(token.hashCode()))
        .body("credential_hash", equalTo(token.hashCode()))
        .body("attributes", equalTo(List.of()));
  }

  @Test
  void keepsRolesApart() {
    String user = Ids.next();
    String plain = TestTokens.bearer(user);
    String admin = TestTokens.bearer(user, Roles.ADMIN);
    for (int i = 0; i < 3; i++) {
      given().auth().oauth2(plain).get(CALLERS + "/admin").then().statusCode(403);
      given().auth().oauth2(admin).get(CALLERS + "/admin").then().statusCode(200);
    }
  }

  @Test
  void refusesWhatResemblesARememberedToken() {
    String token = TestTokens.bearer(Ids.next());
    String other = TestTokens.bearer(Ids.next(), Roles.ADMIN);
    get(token).then().statusCode(200);
    get(other).then().statusCode(200);
    String[] parts = token.split("\\.");
    String[] others = other.split("\\.");

    for (String changed :
        List.of(
            token + "x",
            token.substring(0, token.length() - 4),
            parts[0] + "." + others[1] + "." + parts[2],
            parts[0] + "." + parts[1] + "." + others[2],
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1])) {
      for (int i = 0; i < 2; i++) {
        get(changed)
            .then()
            .statusCode(401)
            .contentType("application/problem+json")
            .header("WWW-Authenticate", containsString("Bearer"))
            .body("code", equalTo("unauthorized"));
      }
    }
  }

  @Test
  void answersEachOfManyCallersAtOnceWithItsOwnName() throws Exception {
    Map<String, String> tokens = new java.util.HashMap<>();
    for (int i = 0; i < 8; i++) {
      String user = Ids.next();
      tokens.put(user, TestTokens.bearer(user));
    }
    List<Callable<String[]>> requests = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      tokens.forEach(
          (user, token) ->
              requests.add(() -> new String[] {user, get(token).then().extract().path("user_id")}));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<String[]> answer : threads.invokeAll(requests)) {
        assertThat(answer.get()[1]).isEqualTo(answer.get()[0]);
      }
    }
  }

  @Test
  void showsWhatItRemembers() {
    get(TestTokens.bearer(Ids.next())).then().statusCode(200);

    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("faultmaven_token_cache_hits_total"))
        .body(containsString("faultmaven_token_cache_misses_total"))
        .body(containsString("faultmaven_token_cache_size"));
  }

  private double hits() {
    return metrics.counter("faultmaven.token-cache.hits").count();
  }

  private static Response get(String token) {
    return given().auth().oauth2(token).get(CALLERS);
  }
}
