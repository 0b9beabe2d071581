package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Authenticator;
import com.faultmaven.user.Database;
import com.faultmaven.user.MailServer;
import com.faultmaven.user.Mailbox;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A second factor for administrators, confirmed addresses for log-ins, and mails through a mail
 * server.
 */
@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
@TestProfile(StrictSettingsTest.Strict.class)
class StrictSettingsTest {
  private static final String SUBJECT = "FaultMaven: Confirm your e-mail address";

  private static final MailServer MAIL = new MailServer();

  @Inject Pool pool;

  @BeforeAll
  static void startMailServer() {
    MAIL.start();
  }

  @AfterAll
  static void stopMailServer() {
    MAIL.stop();
  }

  /** The settings of somebody careful. */
  public static final class Strict implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "faultmaven.second-factor.required-for-admins", "true",
          "faultmaven.verification.required-for-login", "true",
          "faultmaven.mail.first-pause", "PT0.2S",
          "faultmaven.mail.attempts", "3",
          "faultmaven.mail.directory", "",
          "quarkus.mailer.port", Integer.toString(MailServer.port()),
          "faultmaven.mail.verification-url", "https://fm.example.org/confirm?token={token}");
    }
  }

  @Test
  void withholdsTheRoleFromAdministratorsWithoutASecondFactor() {
    TestAccount account = verified();
    Database.run(pool, "INSERT INTO user_roles VALUES ($1, 'admin')", account.userId());

    Response weak = TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null);
    weak.then()
        .statusCode(200)
        .body("second_factor_missing", equalTo(true))
        .body("user.roles", equalTo(List.of("user", "admin")));
    assertThat(groups(Tokens.of(weak))).isEqualTo("[\"user\"]");
    Tokens.of(weak).given().get("/api/v1/users").then().statusCode(403);
    Response refreshed = TestAccount.refresh(Tokens.of(weak).refresh());
    refreshed.then().body("second_factor_missing", equalTo(true));
    assertThat(groups(Tokens.of(refreshed))).isEqualTo("[\"user\"]");

    Authenticator authenticator = Authenticator.enrol(account);
    String challenge =
        TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).path("challenge");
    Response strong =
        given()
            .contentType(ContentType.JSON)
            .body(Map.of("challenge", challenge, "code", authenticator.nextCode()))
            .post("/api/v1/auth/login/second-factor");

    strong.then().statusCode(200).body("second_factor_missing", equalTo(false));
    assertThat(groups(Tokens.of(strong))).contains("admin");
    Tokens.of(strong).given().get("/api/v1/users").then().statusCode(200);
  }

  @Test
  void letsNobodyInBeforeTheAddressIsConfirmed() {
    TestAccount account = TestAccount.register();

    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null)
        .then()
        .statusCode(403)
        .body("code", equalTo("email-not-verified"));
    TestAccount.tryLogin(account.username(), "wrong-password-of-mine", null).then().statusCode(401);
    confirm(account);

    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).then().statusCode(200);
  }

  @Test
  void sendsMailsThroughTheMailServer() {
    TestAccount account = TestAccount.register();

    String mail = MAIL.await(account.email(), SUBJECT);

    assertThat(mail)
        .contains("https://fm.example.org/confirm?token=")
        .contains("From: faultmaven@localhost")
        .contains("Auto-Submitted: auto-generated");
    assertThat(waiting(account)).isEmpty();
  }

  @Test
  void triesAgainUntilTheMailServerIsBackAndGivesUpAtSomeTime() {
    MAIL.stop();
    TestAccount waits = TestAccount.register();
    await().atMost(Duration.ofSeconds(20)).until(() -> attempts(waits) > 0);
    MAIL.start();
    assertThat(MAIL.await(waits.email(), SUBJECT)).contains("confirm?token=");

    MAIL.stop();
    TestAccount lost = TestAccount.register();
    await().atMost(Duration.ofSeconds(20)).until(() -> waiting(lost).isEmpty());
    MAIL.start();
    assertThat(MAIL.of(lost.email())).isEmpty();
  }

  private TestAccount verified() {
    TestAccount account = TestAccount.register();
    confirm(account);
    return account;
  }

  private static void confirm(TestAccount account) {
    String mail = MAIL.await(account.email(), SUBJECT);
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("token", Mailbox.token(mail)))
        .post("/api/v1/auth/email/verify")
        .then()
        .statusCode(200);
  }

  private List<String> waiting(TestAccount account) {
    return Database.texts(
        pool, "SELECT attempts::TEXT FROM mail_queue WHERE user_id = $1", account.userId());
  }

  private int attempts(TestAccount account) {
    return waiting(account).stream().mapToInt(Integer::parseInt).findFirst().orElse(0);
  }

  private static String groups(Tokens tokens) {
    return new JsonObject(
            new String(
                Base64.getUrlDecoder().decode(tokens.access().split("\\.", -1)[1]),
                java.nio.charset.StandardCharsets.UTF_8))
        .getJsonArray("groups")
        .encode();
  }
}
