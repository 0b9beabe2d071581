package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Database;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class LoginTest {
  @Inject MeterRegistry metrics;
  @Inject Pool pool;

  @Test
  void logsInByNameAndAddressWhateverTheirCase() {
    TestAccount account = TestAccount.register();

    for (String login :
        List.of(
            account.username(),
            account.username().toUpperCase(Locale.ROOT),
            account.email(),
            account.email().toUpperCase(Locale.ROOT))) {
      TestAccount.tryLogin(login, TestAccount.PASSWORD, null)
          .then()
          .statusCode(200)
          .body("token_type", equalTo("Bearer"))
          .body("expires_in", equalTo(900))
          .body("session_id", nullValue())
          .body("user.user_id", equalTo(account.userId()))
          .body("user.last_login_at", notNullValue());
    }
  }

  @Test
  void makesATokenAsTheOtherServicesExpectIt() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login("laptop");

    JsonObject header = part(tokens.access(), 0);
    JsonObject claims = part(tokens.access(), 1);

    assertThat(header.getString("alg")).isEqualTo("ES256");
    assertThat(claims.getString("iss")).isEqualTo("faultmaven");
    assertThat(claims.getValue("aud")).isEqualTo("faultmaven");
    assertThat(claims.getString("sub")).isEqualTo(account.userId());
    assertThat(claims.getString("upn")).isEqualTo(account.username());
    assertThat(claims.getJsonArray("groups").encode()).isEqualTo("[\"user\"]");
    assertThat(claims.getString("sid")).isEqualTo("session-of-laptop");
    assertThat(claims.getString("jti")).isNotBlank();
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(900);
    given()
        .get("/.well-known/jwks.json")
        .then()
        .statusCode(200)
        .body("keys.kid", hasItem(header.getString("kid")));
    tokens
        .given()
        .get("/api/v1/auth/me")
        .then()
        .statusCode(200)
        .body("username", equalTo(account.username()));
  }

  @ParameterizedTest
  @ValueSource(strings = {NeighboursResource.SILENT_CLIENT, NeighboursResource.BROKEN_CLIENT})
  void logsInWithoutASessionWhenNoneCanBeOpened(String client) {
    TestAccount account = TestAccount.register();

    Tokens tokens = account.login(client);

    assertThat(tokens.session()).isNull();
    assertThat(part(tokens.access(), 1).containsKey("sid")).isFalse();
    tokens.given().get("/api/v1/auth/me").then().statusCode(200);
  }

  @Test
  void answersUnknownAccountsAsWrongPasswords() {
    TestAccount account = TestAccount.register();

    Response wrong = TestAccount.tryLogin(account.username(), "wrong-password-of-mine", null);
    Response unknown = TestAccount.tryLogin("nobody-" + Ids.next(), "wrong-password-of-mine", null);

    wrong.then().statusCode(401).body("code", equalTo("invalid-credentials"));
    assertThat(withoutTrace(unknown)).isEqualTo(withoutTrace(wrong));
    assertThat(unknown.statusCode()).isEqualTo(401);
  }

  /** One Argon2id computation takes far longer than all the rest of a log-in. */
  @Test
  void computesAsManyHashesForUnknownAccounts() {
    TestAccount account = TestAccount.register();
    TestAccount elsewhere = TestAccount.register();
    Database.run(
        pool, "UPDATE users SET hashed_password = NULL WHERE user_id = $1", elsewhere.userId());

    assertThat(hashes(account.username())).isEqualTo(1);
    assertThat(hashes(account.email())).isEqualTo(1);
    assertThat(hashes("nobody-" + Ids.next())).isEqualTo(1);
    assertThat(hashes("nobody-" + Ids.next() + "@example.org")).isEqualTo(1);
    assertThat(hashes(elsewhere.username())).isEqualTo(1);
  }

  @Test
  void slowsDownGuessing() {
    TestAccount account = TestAccount.register();
    for (int i = 0; i < 10; i++) {
      TestAccount.tryLogin(account.username(), "wrong-password-of-mine", null)
          .then()
          .statusCode(401);
    }

    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null)
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .header("RateLimit-Limit", "10")
        .body("code", equalTo("too-many-attempts"));
  }

  @Test
  void tellsAnOwnerAloneThatTheAccountIsDeactivated() {
    TestAccount account = TestAccount.register();
    TestAccount.admin()
        .given()
        .post("/api/v1/users/" + account.userId() + "/deactivate")
        .then()
        .statusCode(200);

    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null)
        .then()
        .statusCode(403)
        .body("code", equalTo("account-deactivated"));
    TestAccount.tryLogin(account.username(), "wrong-password-of-mine", null).then().statusCode(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"username\":                                              | malformed-json    |",
        "{\"password\": \"x\"}                                       | validation-failed | username",
        "{\"username\": \"ada\"}                                     | validation-failed | password",
        "{\"username\": \"a\", \"email\": \"a@b.c\", \"password\": \"x\"} | validation-failed | username",
        "{\"username\": \"a\\u0000\", \"password\": \"x\"}           | validation-failed | username",
        "{\"username\": true, \"password\": \"x\"}                   | validation-failed | username",
        "{\"username\": \"a\", \"password\": \"x\", \"otp\": \"1\"}  | validation-failed | otp",
        "{\"username\": \"a\", \"password\": \"x\", \"client_id\": \"\"} | validation-failed | client_id",
        "{\"username\": \"a\", \"password\": \"x\", \"client_id\": \"a\\u0000\"} | validation-failed | client_id",
      })
  void refusesBadBodies(String body, String code, @Nullable String field) {
    var answer =
        given()
            .contentType(ContentType.JSON)
            .body(body)
            .post("/api/v1/auth/login")
            .then()
            .statusCode(400)
            .contentType("application/problem+json")
            .body("code", equalTo(code));
    if (field != null) {
      answer.body("errors.field", hasItem(field));
    }
  }

  @Test
  void describesWhereTheKeysAre() {
    String keys =
        given()
            .get("/.well-known/openid-configuration")
            .then()
            .statusCode(200)
            .body("issuer", equalTo("faultmaven"))
            .extract()
            .path("jwks_uri");

    given()
        .get(keys)
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("max-age=60"))
        .body("keys[0].kty", equalTo("EC"))
        .body("keys[0].crv", equalTo("P-256"))
        .body("keys[0].d", nullValue());
  }

  /** How many hashes a log-in with a wrong password computes. */
  private long hashes(String login) {
    Timer computations = metrics.get("faultmaven.passwords.computation").timer();
    long before = computations.count();
    TestAccount.tryLogin(login, "wrong-password-of-mine", null).then().statusCode(401);
    return computations.count() - before;
  }

  private static JsonObject withoutTrace(Response answer) {
    JsonObject body = new JsonObject(answer.body().asString());
    body.remove("trace_id");
    return body;
  }

  private static JsonObject part(String token, int index) {
    return new JsonObject(
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]),
            java.nio.charset.StandardCharsets.UTF_8));
  }
}
