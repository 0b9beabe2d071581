package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Authenticator;
import com.faultmaven.user.Database;
import com.faultmaven.user.Mailbox;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class SecondFactorTest {
  private static final String BASE = "/api/v1/auth/second-factor";

  @Inject Pool pool;

  @Test
  void asksForACodeAfterTheEnrolment() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);

    Response first = TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, "laptop");
    first
        .then()
        .statusCode(401)
        .body("code", equalTo("second-factor-required"))
        .body("challenge", notNullValue())
        .body("methods", hasItem("totp"))
        .body("expires_in", equalTo(300))
        .body("access_token", nullValue());
    Response second = login(first.path("challenge"), "code", authenticator.nextCode());

    second.then().statusCode(200).body("session_id", equalTo("session-of-laptop"));
    JsonObject claims = claims(Tokens.of(second).access());
    assertThat(claims.getJsonArray("amr").encode()).isEqualTo("[\"otp\",\"pwd\",\"mfa\"]");
    Tokens refreshed = Tokens.of(TestAccount.refresh(Tokens.of(second).refresh()));
    assertThat(claims(refreshed.access()).getJsonArray("amr").encode()).contains("mfa");
    Mailbox.await(account.email(), "The way you sign in was changed", 1);
    refreshed
        .given()
        .get(BASE)
        .then()
        .body("enrolled", equalTo(true))
        .body("recovery_codes_left", equalTo(10));
  }

  @Test
  void opensASessionForARightCodeAlone() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    String client = "client-" + account.userId();
    String challenge =
        TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, client).path("challenge");

    login(challenge, "code", authenticator.wrongCode()).then().statusCode(401);
    login(challenge, "recovery_code", "no-code-of-mine").then().statusCode(401);
    assertThat(NeighboursResource.hasBeenAskedBy(client)).isFalse();

    String code = authenticator.nextCode();
    login(challenge, "code", code)
        .then()
        .statusCode(200)
        .body("session_id", equalTo("session-of-" + client));
    assertThat(NeighboursResource.hasBeenAskedBy(client)).isTrue();
    String another = "another-" + client;
    String next =
        TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, another).path("challenge");
    login(next, "code", code).then().statusCode(401);
    assertThat(NeighboursResource.hasBeenAskedBy(another)).isFalse();
  }

  @Test
  void opensNoSessionForAnAccountThatHasEnded() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    String client = "client-" + account.userId();
    String challenge =
        TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, client).path("challenge");
    TestAccount.admin()
        .given()
        .post("/api/v1/users/" + account.userId() + "/deactivate")
        .then()
        .statusCode(200);

    login(challenge, "code", authenticator.nextCode()).then().statusCode(401);

    assertThat(NeighboursResource.hasBeenAskedBy(client)).isFalse();
  }

  @Test
  void countsEachCodeAndEachChallengeOnce() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    String challenge = challenge(account);
    String code = authenticator.nextCode();
    login(challenge, "code", code).then().statusCode(200);

    login(challenge, "code", authenticator.futureCode())
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid-challenge"));
    login(challenge(account), "code", code)
        .then()
        .statusCode(401)
        .body("code", equalTo("wrong-code"));
  }

  @Test
  void letsOneOfConcurrentUsesOfACodeWin() throws Exception {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    List<String> challenges = List.of(challenge(account), challenge(account), challenge(account));
    String code = authenticator.nextCode();
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (String challenge : challenges) {
        running.add(threads.submit(() -> login(challenge, "code", code).statusCode()));
      }
      for (Future<Integer> answer : running) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).containsOnlyOnce(200).containsOnly(200, 401);
  }

  @Test
  void endsAChallengeAfterFiveWrongCodes() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    String challenge = challenge(account);
    // The fifth wrong code has its own wait, from another network there is none.
    for (int i = 0; i < 5; i++) {
      login(challenge, "code", authenticator.wrongCode(), "192.0.2." + (i + 1))
          .then()
          .statusCode(401)
          .body("code", equalTo("wrong-code"));
    }

    login(challenge, "code", authenticator.nextCode(), "192.0.2.9")
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid-challenge"));
    TestAccount.admin()
        .given()
        .get("/api/v1/audit/auth-events?user_id=" + account.userId())
        .then()
        .body("items.event_type", hasItem("second_factor_failed"));
  }

  @Test
  void refusesAnExpiredChallenge() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    String challenge = challenge(account);
    Database.run(
        pool,
        "UPDATE login_challenges SET expires_at = now() - interval '1 s' WHERE user_id = $1",
        account.userId());

    String code = authenticator.nextCode();
    for (int i = 0; i < 9; i++) {
      login(challenge, "code", code)
          .then()
          .statusCode(401)
          .body("code", equalTo("invalid-challenge"));
    }

    // The tries that a challenge has, and one: nobody fills the log with it.
    assertThat(
            Database.texts(
                pool,
                """
                SELECT event_type || ' ' || detail FROM auth_audit_log
                WHERE user_id = $1 AND event_type LIKE 'second_factor%'
                """,
                account.userId()))
        .containsOnly("second_factor_required password", "second_factor_failed invalid_challenge")
        .hasSize(1 + 6);
  }

  @Test
  void takesEachRecoveryCodeOnceHoweverItIsTyped() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    List<String> codes = authenticator.recoveryCodes();
    assertThat(new HashSet<>(codes)).hasSize(10);
    assertThat(codes).allMatch(code -> code.matches("[a-z0-9]{4}(-[a-z0-9]{4}){3}"));
    String typed = codes.get(3).toUpperCase(java.util.Locale.ROOT).replace('-', ' ');

    Response won = login(challenge(account), "recovery_code", typed);

    won.then().statusCode(200);
    login(challenge(account), "recovery_code", codes.get(3)).then().statusCode(401);
    Tokens.of(won).given().get(BASE).then().body("recovery_codes_left", equalTo(9));
    assertThat(
            Database.text(
                pool,
                "SELECT string_agg(code_hash::TEXT, ' ') FROM recovery_codes WHERE user_id = $1",
                account.userId()))
        .doesNotContain(codes.get(0).replace("-", ""));
  }

  @Test
  void renewsRecoveryCodes() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    String old = authenticator.recoveryCodes().getFirst();

    List<String> renewed =
        authenticator
            .tokens()
            .given(Map.of("password", TestAccount.PASSWORD, "code", authenticator.nextCode()))
            .post(BASE + "/recovery-codes")
            .then()
            .statusCode(200)
            .extract()
            .path("recovery_codes");

    login(challenge(account), "recovery_code", old).then().statusCode(401);
    login(challenge(account), "recovery_code", renewed.getFirst()).then().statusCode(200);
  }

  @Test
  void isRemovedByPasswordAndCodeAlone() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    Tokens tokens = authenticator.tokens();

    tokens
        .given(Map.of("password", "wrong-password-of-mine", "code", authenticator.nextCode()))
        .post(BASE + "/totp/remove")
        .then()
        .statusCode(403)
        .body("code", equalTo("wrong-password"));
    tokens
        .given(Map.of("password", TestAccount.PASSWORD, "code", authenticator.wrongCode()))
        .post(BASE + "/totp/remove")
        .then()
        .statusCode(403)
        .body("code", equalTo("wrong-code"));
    tokens
        .given(Map.of("password", TestAccount.PASSWORD, "code", authenticator.nextCode()))
        .post(BASE + "/totp/remove")
        .then()
        .statusCode(204);

    account.login();
    tokens
        .given(Map.of("password", TestAccount.PASSWORD, "code", "123456"))
        .post(BASE + "/totp/remove")
        .then()
        .statusCode(409)
        .body("code", equalTo("no-second-factor"));
  }

  @Test
  void countsOnlyWhenItIsConfirmed() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    Authenticator first = Authenticator.propose(tokens);
    Authenticator second = Authenticator.propose(tokens);
    account.login();

    confirm(tokens, first.nextCode()).then().statusCode(403).body("code", equalTo("wrong-code"));
    account.login();
    confirm(tokens, second.nextCode()).then().statusCode(200);

    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).then().statusCode(401);
    tokens
        .given(Map.of("password", TestAccount.PASSWORD))
        .post(BASE + "/totp")
        .then()
        .statusCode(409)
        .body("code", equalTo("second-factor-enrolled"));
    confirm(tokens, second.futureCode())
        .then()
        .statusCode(409)
        .body("code", equalTo("second-factor-not-proposed"));
  }

  @Test
  void needsThePasswordAndStoresTheSecretSealed() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();

    tokens
        .given("{}")
        .post(BASE + "/totp")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("password"));
    tokens
        .given(Map.of("password", "wrong-password-of-mine"))
        .post(BASE + "/totp")
        .then()
        .statusCode(403);
    Authenticator proposed = Authenticator.propose(tokens);

    assertThat(proposed.uri())
        .startsWith("otpauth://totp/FaultMaven%3A" + account.username() + "?secret=")
        .contains("digits=6");
    String row =
        Database.text(
            pool,
            "SELECT encode(sealed_secret, 'hex') FROM totp_secrets WHERE user_id = $1",
            account.userId());
    assertThat(row)
        .hasSizeGreaterThan(40)
        .doesNotContain(java.util.HexFormat.of().formatHex(proposed.secret()));
  }

  @Test
  void isRemovedByAnAdministratorForWhoHasLostIt() {
    TestAccount account = TestAccount.register();
    Authenticator.enrol(account);
    Tokens admin = TestAccount.admin();
    String path = "/api/v1/users/" + account.userId() + "/second-factor";

    admin.given().delete(path).then().statusCode(204);
    admin.given().delete(path).then().statusCode(204);

    account.login();
    admin.given().delete("/api/v1/users/nobody/second-factor").then().statusCode(404);
    admin
        .given()
        .get("/api/v1/audit/auth-events?event_type=totp_removed&user_id=" + account.userId())
        .then()
        .body("items.size()", equalTo(1));
    Mailbox.await(account.email(), "The way you sign in was changed", 2);
  }

  @Test
  void doesNotOutliveADeactivation() {
    TestAccount account = TestAccount.register();
    Authenticator authenticator = Authenticator.enrol(account);
    String challenge = challenge(account);
    TestAccount.admin()
        .given()
        .post("/api/v1/users/" + account.userId() + "/deactivate")
        .then()
        .statusCode(200);

    login(challenge, "code", authenticator.nextCode()).then().statusCode(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"code\": \"123456\"}                            | challenge",
        "{\"challenge\": \"x\"}                            | code",
        "{\"challenge\": \"x\", \"code\": \"12345\"}       | code",
        "{\"challenge\": \"x\", \"code\": \"12345a\"}      | code",
        "{\"challenge\": \"x\", \"code\": \"123456\", \"recovery_code\": \"x\"} | code",
      })
  void refusesBadBodies(String body, String field) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/v1/auth/login/second-factor")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.field", hasItem(field));
  }

  private static String challenge(TestAccount account) {
    return TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null)
        .then()
        .statusCode(401)
        .extract()
        .path("challenge");
  }

  private static Response login(String challenge, String proof, String value) {
    return login(challenge, proof, value, "192.0.2.200");
  }

  private static Response login(String challenge, String proof, String value, String network) {
    return given()
        .header("X-Forwarded-For", network)
        .contentType(ContentType.JSON)
        .body(Map.of("challenge", challenge, proof, value))
        .post("/api/v1/auth/login/second-factor");
  }

  private static Response confirm(Tokens tokens, String code) {
    return tokens.given(Map.of("code", code)).post(BASE + "/totp/confirm");
  }

  private static JsonObject claims(String token) {
    return new JsonObject(
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
            java.nio.charset.StandardCharsets.UTF_8));
  }
}
