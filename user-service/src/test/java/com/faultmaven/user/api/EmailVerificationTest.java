package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Authenticator;
import com.faultmaven.user.Database;
import com.faultmaven.user.EmulatedAuthenticator;
import com.faultmaven.user.Mailbox;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.TestPasskeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class EmailVerificationTest {
  private static final String SUBJECT = "Confirm your e-mail address";

  @Inject Pool pool;

  @Test
  void confirmsTheAddressByTheMailOfTheRegistration() {
    TestAccount account = TestAccount.register();
    String token = Mailbox.token(account.email(), SUBJECT, 1);

    confirm(token)
        .then()
        .statusCode(200)
        .body("user_id", equalTo(account.userId()))
        .body("is_email_verified", equalTo(true))
        .body("email_verified_at", notNullValue());

    Tokens tokens = account.login();
    tokens.given().get("/api/v1/auth/me").then().body("is_email_verified", equalTo(true));
    assertThat(Database.events(pool, account.userId()))
        .anySatisfy(event -> assertThat(event).contains("is_email_verified"));
    TestAccount.admin()
        .given()
        .get("/api/v1/audit/auth-events?user_id=" + account.userId())
        .then()
        .body("items.event_type", hasItem("email_verified"));
  }

  @Test
  void answersTheSameTokenOnceMoreAndChangesNothing() {
    TestAccount account = TestAccount.register();
    String token = Mailbox.token(account.email(), SUBJECT, 1);
    String first = confirm(token).path("email_verified_at");

    confirm(token).then().statusCode(200).body("email_verified_at", equalTo(first));

    assertThat(Database.events(pool, account.userId()))
        .filteredOn(event -> event.contains("is_email_verified"))
        .hasSize(1);
  }

  @Test
  void sendsAnotherMailWhoseTokenReplacesTheOneBefore() {
    TestAccount account = TestAccount.register();
    String first = Mailbox.token(account.email(), SUBJECT, 1);

    account.login().given().post("/api/v1/auth/email/verification").then().statusCode(202);
    String second = Mailbox.token(account.email(), SUBJECT, 2);

    assertThat(second).isNotEqualTo(first);
    assertRefused(first);
    confirm(second).then().statusCode(200);
  }

  @Test
  void takesFromAStrangerWhatWouldSurviveANewPassword() {
    TestAccount account = TestAccount.register();
    Tokens tokens = Authenticator.enrol(account).tokens();
    EmulatedAuthenticator passkey = TestPasskeys.add(tokens);

    String token = Mailbox.token(account.email(), SUBJECT, 1);
    confirm(token).then().statusCode(200);

    TestPasskeys.signIn(passkey).then().statusCode(401);
    account.login();
    // The log-in stays: whoever knows the password has another one at any time.
    TestAccount.refresh(tokens.refresh()).then().statusCode(200);
    Mailbox.await(account.email(), "The way you sign in was changed", 3);
    // What is added from then on is the owner's.
    EmulatedAuthenticator own = TestPasskeys.add(tokens);
    confirm(token).then().statusCode(200);
    TestPasskeys.signIn(own).then().statusCode(200);
  }

  @Test
  void sendsNothingToAConfirmedAddressAndNotWithoutEnd() {
    TestAccount confirmed = TestAccount.register();
    confirm(Mailbox.token(confirmed.email(), SUBJECT, 1)).then().statusCode(200);
    confirmed
        .login()
        .given()
        .post("/api/v1/auth/email/verification")
        .then()
        .statusCode(409)
        .body("code", equalTo("email-already-verified"));

    Tokens eager = TestAccount.register().login();
    for (int i = 0; i < 3; i++) {
      eager.given().post("/api/v1/auth/email/verification").then().statusCode(202);
    }
    eager
        .given()
        .post("/api/v1/auth/email/verification")
        .then()
        .statusCode(429)
        .header("Retry-After", notNullValue());
  }

  @Test
  void refusesExpiredTokensAndThoseOfDeletedAccounts() {
    TestAccount late = TestAccount.register();
    String expired = Mailbox.token(late.email(), SUBJECT, 1);
    Database.run(
        pool,
        "UPDATE one_time_tokens SET expires_at = now() - interval '1 s' WHERE user_id = $1",
        late.userId());
    assertRefused(expired);
    assertThat(
            Database.texts(
                pool,
                """
                SELECT outcome || ' ' || detail FROM auth_audit_log
                WHERE user_id = $1 AND event_type = 'mail_token_refused'
                """,
                late.userId()))
        .containsExactly("failure email_verification");

    TestAccount gone = TestAccount.register();
    String orphaned = Mailbox.token(gone.email(), SUBJECT, 1);
    gone.login().given().delete("/api/v1/users/" + gone.userId()).then().statusCode(204);
    assertRefused(orphaned);
  }

  @Test
  void storesNoTokenInPlain() {
    TestAccount account = TestAccount.register();
    String token = Mailbox.token(account.email(), SUBJECT, 1);

    String stored =
        Database.text(
            pool,
            """
            SELECT string_agg(t::TEXT, ' ') || coalesce((SELECT string_agg(m::TEXT, ' ')
              FROM mail_queue m WHERE m.user_id = $1), '')
            FROM one_time_tokens t WHERE t.user_id = $1
            """,
            account.userId());

    assertThat(stored).doesNotContain(token);
    assertThat(Database.events(pool, account.userId()))
        .allSatisfy(event -> assertThat(event).doesNotContain(token).doesNotContain("@"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                    | 400 | malformed-json",
        "{}                   | 400 | validation-failed",
        "{\"token\": 7}       | 400 | validation-failed",
        "{\"token\": \"\"}    | 400 | validation-failed",
        "{\"token\": \"é\"}   | 400 | invalid-token",
        "{\"token\": \"x\"}   | 400 | invalid-token",
        "{\"token\": \"x\", \"more\": 1} | 400 | validation-failed",
      })
  void refusesBadBodies(String body, int status, String code) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/v1/auth/email/verify")
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code));
  }

  private static void assertRefused(String token) {
    confirm(token).then().statusCode(400).body("code", equalTo("invalid-token"));
  }

  private static Response confirm(String token) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("token", token))
        .post("/api/v1/auth/email/verify");
  }
}
