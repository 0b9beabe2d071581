package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.faultmaven.common.event.UserLoggedOut;
import com.faultmaven.common.id.Ids;
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
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
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
class PasswordTest {
  private static final String NEW = "another-tractor-42-sleeps";
  private static final String RESET = "Set a new password";

  @Inject Pool pool;

  @Test
  void changesThePasswordAndEndsOtherDevices() {
    TestAccount account = TestAccount.register();
    Tokens here = account.login("laptop");
    Tokens there = account.login("phone");

    change(here, TestAccount.PASSWORD, NEW).then().statusCode(204);

    TestAccount.refresh(there.refresh()).then().statusCode(401);
    TestAccount.refresh(here.refresh()).then().statusCode(200);
    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).then().statusCode(401);
    TestAccount.tryLogin(account.username(), NEW, null).then().statusCode(200);
    assertThat(loggedOut(account))
        .singleElement()
        .asString()
        .contains("\"session_id\":\"session-of-phone\"");
    Mailbox.await(account.email(), "Your password was changed", 1);
    TestAccount.admin()
        .given()
        .get("/api/v1/audit/auth-events?user_id=" + account.userId())
        .then()
        .body("items.event_type", hasItem("password_changed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrong-password-of-mine   | another-tractor-42-sleeps | 403 | wrong-password",
        "violet-tractor-41-sleeps | short                     | 400 | validation-failed",
        "violet-tractor-41-sleeps | violet-tractor-41-sleeps  | 400 | validation-failed",
        "violet-tractor-41-sleeps | password123456            | 400 | validation-failed",
      })
  void refusesWhatIsNoGoodChange(String current, String replacement, int status, String code) {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();

    Response answer = change(tokens, current, replacement);

    answer.then().statusCode(status).body("code", equalTo(code));
    if (status == 400) {
      answer.then().body("errors.field", hasItem("new_password"));
    }
    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).then().statusCode(200);
    TestAccount.refresh(tokens.refresh()).then().statusCode(200);
  }

  @Test
  void slowsDownWhoGuessesThePresentPassword() {
    Tokens tokens = TestAccount.register().login();
    for (int i = 0; i < 10; i++) {
      change(tokens, "wrong-password-" + i, NEW).then().statusCode(403);
    }

    change(tokens, TestAccount.PASSWORD, NEW).then().statusCode(429);
  }

  @Test
  void resetsByMailAndEndsEverySession() {
    TestAccount account = TestAccount.register();
    Tokens first = account.login("laptop");
    Tokens second = account.login();
    forgot(account.email().toUpperCase(java.util.Locale.ROOT)).then().statusCode(202);
    String token = Mailbox.token(account.email(), RESET, 1);

    reset(token, NEW).then().statusCode(204);

    TestAccount.refresh(first.refresh()).then().statusCode(401);
    TestAccount.refresh(second.refresh()).then().statusCode(401);
    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).then().statusCode(401);
    TestAccount.tryLogin(account.username(), NEW, null)
        .then()
        .statusCode(200)
        .body("user.is_email_verified", equalTo(true));
    assertThat(loggedOut(account)).singleElement().asString().contains("\"session_id\":null");
    Mailbox.await(account.email(), "Your password was changed", 1);
    reset(token, "third-tractor-43-sleeps")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-token"));
  }

  @Test
  void takesFromAStrangerWhatWasSetUpBeforeTheAddressWasConfirmed() {
    TestAccount account = TestAccount.register();
    Tokens stranger = Authenticator.enrol(account).tokens();
    EmulatedAuthenticator passkey = TestPasskeys.add(stranger);
    JsonObject begun = TestPasskeys.begin(stranger);

    reset(resetToken(account), NEW).then().statusCode(204);

    // No second factor is asked for, and no passkey opens the account.
    TestAccount.tryLogin(account.username(), NEW, null).then().statusCode(200);
    TestPasskeys.signIn(passkey).then().statusCode(401);
    assertThat(rows("recovery_codes", account)).isZero();
    // Nor does one that was begun while the password was the stranger's.
    TestPasskeys.finish(stranger, EmulatedAuthenticator.es256().create(begun))
        .then()
        .statusCode(400)
        .body("code", equalTo("passkey-invalid"));
    assertThat(
            Database.text(
                pool,
                """
                SELECT detail FROM auth_audit_log
                WHERE user_id = $1 AND event_type = 'password_reset'
                """,
                account.userId()))
        .isEqualTo("credentials_removed");
  }

  @Test
  void leavesAnOwnerWhoHasConfirmedTheAddressWhatIsTheirs() {
    TestAccount account = TestAccount.register();
    confirmAddress(account);
    Tokens tokens = account.login();
    EmulatedAuthenticator passkey = TestPasskeys.add(tokens);
    Authenticator.enrol(account);

    reset(resetToken(account), NEW).then().statusCode(204);

    TestAccount.tryLogin(account.username(), NEW, null)
        .then()
        .statusCode(401)
        .body("code", equalTo("second-factor-required"));
    TestPasskeys.signIn(passkey).then().statusCode(200);
    assertThat(rows("recovery_codes", account)).isEqualTo(10);
  }

  @Test
  void finishesNothingThatWasBegunWithThePasswordOfBefore() {
    TestAccount account = TestAccount.register();
    confirmAddress(account);
    Tokens tokens = account.login();
    Authenticator proposed = Authenticator.propose(tokens);
    JsonObject begun = TestPasskeys.begin(tokens);

    reset(resetToken(account), NEW).then().statusCode(204);

    tokens
        .given(Map.of("code", proposed.nextCode()))
        .post("/api/v1/auth/second-factor/totp/confirm")
        .then()
        .statusCode(409)
        .body("code", equalTo("second-factor-not-proposed"));
    TestPasskeys.finish(tokens, EmulatedAuthenticator.es256().create(begun))
        .then()
        .statusCode(400)
        .body("code", equalTo("passkey-invalid"));
  }

  @Test
  void keepsTheTokenGoodWhenThePasswordIsWeak() {
    TestAccount account = TestAccount.register();
    forgot(account.email()).then().statusCode(202);
    String token = Mailbox.token(account.email(), RESET, 1);

    reset(token, "short").then().statusCode(400).body("errors.field", hasItem("new_password"));
    reset(token, account.email()).then().statusCode(400);

    reset(token, NEW).then().statusCode(204);
  }

  @Test
  void letsOneOfConcurrentResetsWin() throws Exception {
    TestAccount account = TestAccount.register();
    forgot(account.email()).then().statusCode(202);
    String token = Mailbox.token(account.email(), RESET, 1);
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        String password = "tractor-number-%d-sleeps".formatted(i);
        running.add(threads.submit(() -> reset(token, password).statusCode()));
      }
      for (Future<Integer> answer : running) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).containsOnlyOnce(204).containsOnly(204, 400);
  }

  @Test
  void refusesExpiredTokensAndThoseOfStoppedAccounts() {
    TestAccount late = TestAccount.register();
    forgot(late.email()).then().statusCode(202);
    String expired = Mailbox.token(late.email(), RESET, 1);
    Database.run(
        pool,
        "UPDATE one_time_tokens SET expires_at = now() - interval '1 s' WHERE user_id = $1",
        late.userId());
    reset(expired, NEW).then().statusCode(400).body("code", equalTo("invalid-token"));

    TestAccount stopped = TestAccount.register();
    forgot(stopped.email()).then().statusCode(202);
    String token = Mailbox.token(stopped.email(), RESET, 1);
    TestAccount.admin()
        .given()
        .post("/api/v1/users/" + stopped.userId() + "/deactivate")
        .then()
        .statusCode(200);
    reset(token, NEW).then().statusCode(400).body("code", equalTo("invalid-token"));
  }

  @Test
  void answersTheSameForAddressesWithoutAnAccount() {
    String unknown = "nobody-" + Ids.next() + "@example.org";

    forgot(unknown).then().statusCode(202);
    for (int i = 0; i < 2; i++) {
      forgot(unknown).then().statusCode(202);
    }

    forgot(unknown).then().statusCode(429).body("code", equalTo("too-many-attempts"));
    // A mail queued later has arrived: none was queued before it.
    TestAccount account = TestAccount.register();
    Mailbox.await(account.email(), "Confirm your e-mail address", 1);
    assertThat(Mailbox.of(unknown)).isEmpty();
  }

  @Test
  void tellsWhoSignsInElsewhereThatThereIsNoPassword() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    Database.run(
        pool,
        """
        UPDATE users SET hashed_password = NULL, sso_provider = 'okta', sso_provider_id = user_id
        WHERE user_id = $1
        """,
        account.userId());

    forgot(account.email()).then().statusCode(202);

    Mailbox.await(account.email(), "Your account has no password", 1);
    change(tokens, TestAccount.PASSWORD, NEW)
        .then()
        .statusCode(409)
        .body("code", equalTo("no-password"));
    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).then().statusCode(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forgot | {}                                   | email",
        "forgot | {\"email\": \"no address\"}          | email",
        "reset  | {\"token\": \"x\"}                   | new_password",
        "reset  | {\"new_password\": \"another-tractor-42-sleeps\"} | token",
      })
  void refusesBadBodies(String endpoint, String body, String field) {
    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/v1/auth/password/" + endpoint)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.field", hasItem(field));
  }

  private static String resetToken(TestAccount account) {
    forgot(account.email()).then().statusCode(202);
    return Mailbox.token(account.email(), RESET, 1);
  }

  private static void confirmAddress(TestAccount account) {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("token", Mailbox.token(account.email(), "Confirm your e-mail address", 1)))
        .post("/api/v1/auth/email/verify")
        .then()
        .statusCode(200);
  }

  private long rows(String table, TestAccount account) {
    return Database.texts(
            pool, "SELECT user_id FROM " + table + " WHERE user_id = $1", account.userId())
        .size();
  }

  private List<String> loggedOut(TestAccount account) {
    return Database.events(pool, account.userId()).stream()
        .filter(event -> event.startsWith(UserLoggedOut.TYPE))
        .toList();
  }

  private static Response change(Tokens tokens, String current, String replacement) {
    return tokens
        .given(Map.of("current_password", current, "new_password", replacement))
        .post("/api/v1/auth/password/change");
  }

  private static Response forgot(String email) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("email", email))
        .post("/api/v1/auth/password/forgot");
  }

  private static Response reset(String token, String password) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("token", token, "new_password", password))
        .post("/api/v1/auth/password/reset");
  }
}
