package com.faultmaven.user.api;

import static com.faultmaven.user.OpenIdProviderResource.ACME;
import static com.faultmaven.user.OpenIdProviderResource.ROTATING;
import static com.faultmaven.user.OpenIdProviderResource.TRUSTED;
import static com.faultmaven.user.SsoBrowser.newEmail;
import static com.faultmaven.user.SsoBrowser.person;
import static com.faultmaven.user.SsoBrowser.signIn;
import static com.faultmaven.user.SsoBrowser.start;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.Authenticator;
import com.faultmaven.user.Mailbox;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.OpenIdProvider;
import com.faultmaven.user.OpenIdProviderResource;
import com.faultmaven.user.SsoBrowser;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.domain.AccountCredentials;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
@WithTestResource(OpenIdProviderResource.class)
class SsoTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Pool pool;
  @Inject RemovedCredentials removed;

  /** A further kind of credentials, which notes whose were removed. */
  @ApplicationScoped
  static class RemovedCredentials implements AccountCredentials {
    private final Set<String> users = ConcurrentHashMap.newKeySet();

    @Override
    public Uni<Boolean> removeAll(SqlConnection transaction, String userId) {
      return Uni.createFrom().item(() -> users.add(userId));
    }

    boolean of(String userId) {
      return users.contains(userId);
    }
  }

  @Test
  void listsTheProviders() {
    given()
        .get("/api/v1/auth/sso/providers")
        .then()
        .statusCode(200)
        .body("name", hasItems(ACME, OpenIdProvider.POST_ISSUER))
        .body("find { it.name == 'acme' }.display_name", equalTo("ACME Corp."))
        .body(
            "find { it.name == 'acme' }.authorize_path",
            equalTo("/api/v1/auth/sso/acme/authorize"));
  }

  @Test
  void sendsABrowserToTheProvider() {
    Response answer = given().redirects().follow(false).get("/api/v1/auth/sso/acme/authorize");
    SsoBrowser browser = start(ACME, null);

    answer.then().statusCode(302).header("Cache-Control", equalTo("no-store"));
    assertThat(answer.header("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Lax", "Path=/api/v1/auth/sso", "Max-Age=600")
        .doesNotContain("Secure");
    assertThat(browser.location().toString()).startsWith("http://127.0.0.1:").contains("tenant=1&");
    assertThat(browser.parameter("response_type")).isEqualTo("code");
    assertThat(browser.parameter("client_id")).isEqualTo(OpenIdProvider.CLIENT_ID);
    assertThat(browser.parameter("scope")).isEqualTo("openid email profile");
    assertThat(browser.parameter("code_challenge_method")).isEqualTo("S256");
    assertThat(browser.parameter("redirect_uri"))
        .isEqualTo("http://gateway.example.org:8080/api/v1/auth/sso/acme/callback");
    assertThat(
            List.of(
                browser.parameter("state"),
                browser.parameter("nonce"),
                browser.parameter("code_challenge"),
                browser.cookie()))
        .doesNotHaveDuplicates()
        .allMatch(secret -> secret.matches("[A-Za-z0-9_-]{43}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {ACME, OpenIdProvider.POST_ISSUER})
  void makesAnAccountForSomebodyNew(String provider) {
    String email = newEmail();
    JsonObject person = person(email).put("preferred_username", "Ada.L (x)" + email);

    Response answer = signIn(provider, person);

    answer
        .then()
        .statusCode(200)
        .header("Cache-Control", equalTo("no-store"))
        .body("token_type", equalTo("Bearer"))
        .body("session_id", nullValue())
        .body("user.email", equalTo(email))
        .body("user.display_name", equalTo("Ada Lovelace"))
        .body("user.roles", equalTo(List.of("user")))
        .body("user.is_email_verified", equalTo(true));
    String userId = answer.jsonPath().getString("user.user_id");
    assertThat(answer.jsonPath().getString("user.username"))
        .isEqualTo("Ada.Lx" + email.substring(0, email.indexOf('@')));
    assertThat(claims(answer).getJsonArray("amr")).containsExactly("sso");
    assertThat(events(userId)).contains("registered:sso", "login_succeeded:sso");
    assertThat(outbox(userId))
        .containsExactly("com.faultmaven.user.registered.v1", "com.faultmaven.user.logged-in.v1");
    Tokens.of(answer).given().get("/api/v1/auth/me").then().statusCode(200);
    TestAccount.refresh(Tokens.of(answer).refresh()).then().statusCode(200);
  }

  @Test
  void findsTheAccountAgainWhateverHasBecomeOfTheAddress() {
    JsonObject person = person(newEmail());
    String userId = signIn(ACME, person).jsonPath().getString("user.user_id");

    Response again = signIn(ACME, person.copy().put("email", newEmail()));
    Response without = signIn(ACME, person.copy().putNull("email").putNull("email_verified"));

    again.then().statusCode(200).body("user.user_id", equalTo(userId));
    without.then().statusCode(200).body("user.user_id", equalTo(userId));
  }

  @Test
  void hasNoPasswordToLogInWith() {
    String email = newEmail();
    signIn(ACME, person(email)).then().statusCode(200);

    for (String password : List.of("", "null", TestAccount.PASSWORD)) {
      TestAccount.tryLogin(email, password, null)
          .then()
          .statusCode(401)
          .body("code", equalTo("invalid-credentials"));
    }
  }

  @Test
  void linksAnAccountWhoseAddressIsVerified() {
    TestAccount account = TestAccount.register();
    verify(account);
    Tokens before = account.login();

    Response answer = signIn(ACME, person(account.email().toUpperCase(java.util.Locale.ROOT)));

    answer.then().statusCode(200).body("user.user_id", equalTo(account.userId()));
    // Nothing is taken from its owner.
    account.login();
    TestAccount.refresh(before.refresh()).then().statusCode(200);
    assertThat(removed.of(account.userId())).isFalse();
    assertThat(events(account.userId())).contains("sso_linked:acme");
    assertThat(outbox(account.userId()))
        .contains("com.faultmaven.user.updated.v1")
        .doesNotContain("com.faultmaven.user.logged-out.v1");
    assertThat(data(account.userId(), "com.faultmaven.user.updated.v1").getJsonArray("changed"))
        .containsExactly("sso_provider", "sso_provider_id");
    Mailbox.await(account.email(), "The way you sign in was changed", 1);
  }

  @Test
  void asksForTheSecondFactorBeforeItLinksAnAccountThatHasOne() {
    TestAccount account = TestAccount.register();
    verify(account);
    Authenticator authenticator = Authenticator.enrol(account);
    JsonObject person = person(account.email());
    SsoBrowser browser = start(ACME, "laptop-" + account.userId());

    Response asked = browser.comeBack(browser.signInThere(person, new JsonObject()));

    asked
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("second-factor-required"))
        .body("access_token", nullValue());
    String challenge = asked.path("challenge");
    assertThat(events(account.userId()))
        .contains("second_factor_required:sso")
        .doesNotContain("sso_linked:acme");
    secondFactor(challenge, authenticator.wrongCode()).then().statusCode(401);
    assertThat(provider(account)).isEqualTo("none");

    Response answer = secondFactor(challenge, authenticator.nextCode());

    answer
        .then()
        .statusCode(200)
        .body("user.user_id", equalTo(account.userId()))
        .body("session_id", equalTo("session-of-laptop-" + account.userId()));
    assertThat(claims(answer).getJsonArray("amr")).containsExactly("otp", "sso", "mfa");
    assertThat(provider(account)).isEqualTo("acme");
    assertThat(events(account.userId())).contains("sso_linked:acme", "login_succeeded:totp,sso");
    Mailbox.await(account.email(), "The way you sign in was changed", 2);
    // From then on the provider's word is enough.
    signIn(ACME, person).then().statusCode(200);
  }

  @Test
  void asksNobodyForTheSecondFactorOfAStranger() {
    TestAccount stranger = TestAccount.register();
    Authenticator.enrol(stranger);

    signIn(ACME, person(stranger.email()))
        .then()
        .statusCode(200)
        .body("user.user_id", equalTo(stranger.userId()));
  }

  @Test
  void letsAStrangersTokenSetNothingUpInAnAccountThatHasBecomeItsOwners() {
    TestAccount stranger = TestAccount.register();
    Tokens before = stranger.login();
    Response owner = signIn(ACME, person(stranger.email()));

    // It has no password now that could be asked for.
    for (String path : List.of("passkeys/registration-options", "second-factor/totp")) {
      before.given("{}").post("/api/v1/auth/" + path).then().statusCode(401);
      Tokens.of(owner).given("{}").post("/api/v1/auth/" + path).then().statusCode(200);
    }
  }

  @Test
  void linksAnAccountToOneOfTwoWhoHaveAskedForIt() {
    TestAccount account = TestAccount.register();
    verify(account);
    Authenticator authenticator = Authenticator.enrol(account);
    String first = signIn(ACME, person(account.email())).path("challenge");
    String second = signIn(ACME, person(account.email())).path("challenge");

    secondFactor(second, authenticator.nextCode()).then().statusCode(200);

    secondFactor(first, authenticator.nextCode())
        .then()
        .statusCode(409)
        .body("code", equalTo("sso-linked-elsewhere"));
  }

  private static Response secondFactor(String challenge, String code) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("challenge", challenge, "code", code))
        .post("/api/v1/auth/login/second-factor");
  }

  private String provider(TestAccount account) {
    return texts(
            "SELECT coalesce(sso_provider, 'none') FROM users WHERE user_id = $1",
            Tuple.of(account.userId()))
        .getFirst();
  }

  @Test
  void takesAnAccountFromAStrangerWhoHasRegisteredTheAddress() {
    TestAccount stranger = TestAccount.register();
    Tokens before = stranger.login("laptop-of-the-stranger");

    Response answer = signIn(ACME, person(stranger.email()));

    answer
        .then()
        .statusCode(200)
        .body("user.user_id", equalTo(stranger.userId()))
        .body("user.is_email_verified", equalTo(true));
    TestAccount.tryLogin(stranger.username(), TestAccount.PASSWORD, null).then().statusCode(401);
    TestAccount.refresh(before.refresh()).then().statusCode(401);
    TestAccount.refresh(Tokens.of(answer).refresh()).then().statusCode(200);
    assertThat(removed.of(stranger.userId())).isTrue();
    assertThat(events(stranger.userId())).contains("sso_linked:acme", "email_verified:sso");
    JsonObject loggedOut = data(stranger.userId(), "com.faultmaven.user.logged-out.v1");
    assertThat(loggedOut.getValue("session_id")).isNull();
    assertThat(data(stranger.userId(), "com.faultmaven.user.updated.v1").getJsonArray("changed"))
        .containsExactly("sso_provider", "sso_provider_id", "is_email_verified", "password");
  }

  @Test
  void refusesAnAccountThatIsLinkedElsewhere() {
    String email = newEmail();
    String userId = signIn(ACME, person(email)).jsonPath().getString("user.user_id");

    for (String provider : List.of(ACME, OpenIdProvider.POST_ISSUER)) {
      signIn(provider, person(email))
          .then()
          .statusCode(409)
          .contentType("application/problem+json")
          .body("code", equalTo("sso-linked-elsewhere"));
    }
    assertThat(events(userId)).contains("login_failed:sso_linked_elsewhere");
  }

  static Stream<Arguments> unverified() {
    return Stream.of(
        Arguments.of(ACME, person(newEmail()).put("email_verified", false)),
        Arguments.of(ACME, person(newEmail()).putNull("email_verified")),
        Arguments.of(ACME, person(newEmail()).put("email_verified", "false")),
        Arguments.of(ACME, person("not an address")),
        Arguments.of(ACME, person("x").putNull("email")),
        Arguments.of(ACME, person("x").put("email", 7)),
        Arguments.of(TRUSTED, person(newEmail()).put("email_verified", false)));
  }

  @ParameterizedTest
  @MethodSource("unverified")
  void refusesSomebodyNewWithoutAVerifiedAddress(String provider, JsonObject person) {
    signIn(provider, person).then().statusCode(403).body("code", equalTo("sso-email-unverified"));
  }

  @Test
  void takesAnAddressAtItsWordWhereThatIsConfigured() {
    signIn(TRUSTED, person(newEmail()).putNull("email_verified")).then().statusCode(200);
    signIn(ACME, person(newEmail()).put("email_verified", "true")).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deactivate", "delete"})
  void refusesDeactivatedAndDeletedAccounts(String change) {
    JsonObject person = person(newEmail());
    String linked = signIn(ACME, person).jsonPath().getString("user.user_id");
    TestAccount notLinked = TestAccount.register();
    Tokens admin = TestAccount.admin();
    for (String userId : List.of(linked, notLinked.userId())) {
      String path = "/api/v1/users/" + userId;
      Response done =
          "delete".equals(change)
              ? admin.given().delete(path)
              : admin.given().post(path + "/deactivate");
      assertThat(done.statusCode()).isBetween(200, 204);
    }

    for (JsonObject who : List.of(person, person(notLinked.email()))) {
      signIn(ACME, who).then().statusCode(403).body("code", equalTo("account-deactivated"));
    }
    assertThat(events(linked)).contains("login_failed:sso_deactivated");
    assertThat(events(notLinked.userId())).contains("login_failed:sso_deactivated");
  }

  @Test
  void makesTakenUsernamesUnique() {
    TestAccount taken = TestAccount.register();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Response answer =
          signIn(ACME, person(newEmail()).put("preferred_username", taken.username()));
      answer.then().statusCode(200);
      names.add(answer.jsonPath().getString("user.username"));
    }

    assertThat(names)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches(taken.username() + "-[a-z0-9]{4}"));
  }

  @Test
  void saysThatTheProviderHasAskedForASecondFactor() {
    Response answer =
        signIn(ACME, person(newEmail()).put("amr", new JsonArray().add("pwd").add("otp")));

    answer.then().statusCode(200);
    assertThat(claims(answer).getJsonArray("amr")).containsExactly("sso", "mfa");
    assertThat(events(answer.jsonPath().getString("user.user_id")))
        .contains("login_succeeded:sso_with_second_factor");
  }

  @Test
  void opensTheSessionOfTheClient() {
    SsoBrowser browser = start(ACME, "laptop");

    browser
        .comeBack(browser.signInThere(person(newEmail()), new JsonObject()))
        .then()
        .statusCode(200)
        .body("session_id", equalTo("session-of-laptop"));
  }

  @Test
  void acceptsPssSignaturesAndSeveralAudiencesMadeForUs() {
    JsonObject person =
        person(newEmail())
            .put("aud", new JsonArray().add("another").add(OpenIdProvider.CLIENT_ID))
            .put("azp", OpenIdProvider.CLIENT_ID);

    signIn(ACME, person, new JsonObject().put("alg", "PS256")).then().statusCode(200);
  }

  static Stream<Arguments> forgeries() {
    JsonArray several = new JsonArray().add("another").add(OpenIdProvider.CLIENT_ID);
    return Stream.of(
        claim("iss", "https://evil.example.org", "id_token_issuer"),
        claim("iss", null, "id_token_issuer"),
        claim("aud", "another", "id_token_audience"),
        claim("aud", null, "id_token_audience"),
        claim("aud", several, "id_token_audience"),
        claim("azp", "another", "id_token_audience"),
        claim("nonce", "another", "id_token_nonce"),
        claim("nonce", 7, "id_token_nonce"),
        claim("nonce", null, "id_token_nonce"),
        claim("exp", "now-61", "id_token_time"),
        claim("exp", null, "id_token_malformed"),
        claim("iat", "now+300", "id_token_time"),
        claim("iat", "now-86400", "id_token_time"),
        claim("iat", null, "id_token_malformed"),
        claim("nbf", "now+300", "id_token_time"),
        claim("sub", null, "id_token_subject"),
        claim("sub", "  ", "id_token_subject"),
        claim("sub", "x".repeat(256), "id_token_subject"),
        claim("sub", "nul\u0000", "id_token_subject"),
        claim("sub", 7, "id_token_malformed"),
        behaviour("alg", "none", "id_token_algorithm"),
        behaviour("alg", "HS256-secret", "id_token_algorithm"),
        behaviour("alg", "HS256-key", "id_token_algorithm"),
        behaviour("alg", "RS512", "id_token_algorithm"),
        behaviour("key", "unknown", "id_token_key_unknown"),
        behaviour("key", "none", "id_token_key_unknown"),
        behaviour("key", "forged", "id_token_signature"),
        behaviour("token", "empty", "id_token_missing"),
        behaviour("token", "refusing", "other_error"));
  }

  private static Arguments claim(String name, @Nullable Object value, String reason) {
    return Arguments.of(person(newEmail()).put(name, value), new JsonObject(), reason);
  }

  private static Arguments behaviour(String name, String value, String reason) {
    return Arguments.of(person(newEmail()), new JsonObject().put(name, value), reason);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void refusesWhatDoesNotProveWhoItIs(JsonObject person, JsonObject behaviour, String reason) {
    Response answer = signIn(ACME, person, behaviour);

    answer
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("sso-refused"))
        .body("reason", equalTo(reason));
    assertThat(answer.asString()).doesNotContain("oops", "evil");
    assertThat(lastFailure()).isEqualTo("sso_" + reason);
    assertThat(count("SELECT count(*) FROM users WHERE email = $1", person.getString("email")))
        .isZero();
  }

  @Test
  void allowsAMinuteForClocksThatDiffer() {
    signIn(ACME, person(newEmail()).put("iat", "now+40")).then().statusCode(200);
    signIn(ACME, person(newEmail()).put("iat", "now-340").put("exp", "now-40"))
        .then()
        .statusCode(200);
  }

  @Test
  void takesATokenThatNamesNoKeyFromAProviderThatHasOne() {
    JsonObject unnamed = new JsonObject().put("key", "none");

    signIn(OpenIdProvider.SINGLE_KEY_ISSUER, person(newEmail()), unnamed).then().statusCode(200);
    signIn(
            OpenIdProvider.SINGLE_KEY_ISSUER,
            person(newEmail()),
            new JsonObject().put("key", "unknown"))
        .then()
        .statusCode(401)
        .body("reason", equalTo("id_token_key_unknown"));
  }

  @Test
  void noticesNewKeysAtOnce() {
    JsonObject person = person(newEmail());
    signIn(ROTATING, person).then().statusCode(200);
    given().get(start(ROTATING, null).location().resolve("rotate")).then().statusCode(200);

    signIn(ROTATING, person).then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource({
    "access_denied, access_denied",
    "login_required, login_required",
    "other_error, other_error",
    "<script>alert(1)</script>, other_error",
    "'', other_error"
  })
  void saysWhyTheProviderHasRefusedInItsOwnWords(String error, String reason) {
    SsoBrowser browser = start(ACME, null);

    Response answer =
        browser.comeBack(
            Map.of(
                "error",
                error,
                "error_description",
                "<b>Visit evil.example.org</b>",
                "state",
                browser.parameter("state")));

    answer
        .then()
        .statusCode(401)
        .body("code", equalTo("sso-refused"))
        .body("reason", equalTo(reason));
    assertThat(answer.asString()).doesNotContain("script", "evil");
  }

  @Test
  void takesAStateOnce() {
    SsoBrowser browser = start(ACME, null);
    Map<String, String> parameters = browser.signInThere(person(newEmail()), new JsonObject());
    browser.comeBack(parameters).then().statusCode(200);

    isRefused(browser.comeBack(parameters));
  }

  @Test
  void takesNoStateThatIsExpiredOrUnknownOrMissing() {
    SsoBrowser browser = start(ACME, null);
    Map<String, String> parameters = browser.signInThere(person(newEmail()), new JsonObject());
    run(
        "UPDATE sso_logins SET expires_at = now() - interval '1 s' WHERE state_hash = sha256($1)",
        Tuple.of(Buffer.buffer(browser.parameter("state"))));

    isRefused(browser.comeBack(parameters));
    isRefused(browser.comeBack(Map.of("code", "x", "state", "unknown\u0000")));
    isRefused(browser.comeBack(Map.of("code", "x")));
    isRefused(browser.comeBack(Map.of("error", "access_denied", "state", "unknown")));
    assertThat(lastFailure()).isEqualTo("sso_state_invalid");
    start(ACME, null);
    assertThat(count("SELECT count(*) FROM sso_logins WHERE expires_at < now()")).isZero();
  }

  @Test
  void takesNoStateOfAnotherProviderOrBrowserAndLeavesItToItsOwner() {
    SsoBrowser browser = start(ACME, null);
    SsoBrowser other = start(ACME, null);
    Map<String, String> parameters = browser.signInThere(person(newEmail()), new JsonObject());

    isRefused(SsoBrowser.comeBack(TRUSTED, parameters, browser.cookie()));
    isRefused(SsoBrowser.comeBack(ACME, parameters, null));
    isRefused(SsoBrowser.comeBack(ACME, parameters, other.cookie()));

    browser.comeBack(parameters).then().statusCode(200);
  }

  @Test
  void keepsLogInsInSeveralTabsApart() {
    SsoBrowser first = start(ACME, null);
    Response answer =
        given()
            .redirects()
            .follow(false)
            .cookie(SsoBrowser.COOKIE, first.cookie())
            .get("/api/v1/auth/sso/acme/authorize");

    assertThat(answer.cookie(SsoBrowser.COOKIE)).isEqualTo(first.cookie());
    first.comeBack(first.signInThere(person(newEmail()), new JsonObject())).then().statusCode(200);
  }

  @Test
  void choosesACookieOfItsOwnWhereItIsOfferedAnything() {
    Response answer =
        given()
            .redirects()
            .follow(false)
            .cookie(SsoBrowser.COOKIE, "guessable")
            .get("/api/v1/auth/sso/acme/authorize");

    assertThat(answer.cookie(SsoBrowser.COOKIE)).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void cannotUseTheCodeOfAnotherLogIn() {
    SsoBrowser victim = start(ACME, null);
    SsoBrowser attacker = start(ACME, null);
    Map<String, String> stolen = victim.signInThere(person(newEmail()), new JsonObject());
    Map<String, String> mixed = new HashMap<>(stolen);
    mixed.put("state", attacker.parameter("state"));

    // The provider notices that the verifier is not the one of the code's challenge.
    attacker
        .comeBack(mixed)
        .then()
        .statusCode(401)
        .body("code", equalTo("sso-refused"))
        .body("reason", equalTo("invalid_grant"));
  }

  @Test
  void saysThatOurOwnSecretIsWrong() {
    signIn(OpenIdProviderResource.STRANGE, person(newEmail()))
        .then()
        .statusCode(401)
        .body("reason", equalTo("invalid_client"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OpenIdProviderResource.DOWN,
        OpenIdProvider.SILENT_ISSUER,
        OpenIdProvider.HUGE_ISSUER,
        OpenIdProvider.LYING_ISSUER
      })
  void isUnavailableWhileTheProviderIs(String provider) {
    given()
        .redirects()
        .follow(false)
        .get("/api/v1/auth/sso/" + provider + "/authorize")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", equalTo("5"))
        .header("Set-Cookie", nullValue())
        .body("code", equalTo("sso-provider-unavailable"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "dripping", "failing", "huge"})
  void isUnavailableWhenTheCodeCannotBeExchanged(String token) {
    long start = System.nanoTime();

    signIn(ACME, person(newEmail()), new JsonObject().put("token", token))
        .then()
        .statusCode(503)
        .header("Retry-After", equalTo("5"))
        .body("code", equalTo("sso-provider-unavailable"));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void knowsNoOtherProvider() {
    for (String path : List.of("nobody/authorize", "nobody/callback?code=x&state=x")) {
      given()
          .redirects()
          .follow(false)
          .get("/api/v1/auth/sso/" + path)
          .then()
          .statusCode(404)
          .body("code", equalTo("not-found"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%00", "%20", "a%0Ab"})
  void refusesBadClientIds(String clientId) {
    given()
        .urlEncodingEnabled(false)
        .redirects()
        .follow(false)
        .get("/api/v1/auth/sso/acme/authorize?client_id=" + clientId)
        .then()
        .statusCode(400)
        .body("errors.field", hasItems("client_id"));
  }

  @Test
  void makesOneAccountOfTwoCallbacksAtOnce() {
    for (int i = 0; i < 5; i++) {
      JsonObject person = person(newEmail());
      List<SsoBrowser> browsers = List.of(start(ACME, null), start(ACME, null), start(ACME, null));
      List<Map<String, String>> ready =
          browsers.stream().map(browser -> browser.signInThere(person, new JsonObject())).toList();

      List<CompletableFuture<Response>> answers = new ArrayList<>();
      for (int j = 0; j < browsers.size(); j++) {
        SsoBrowser browser = browsers.get(j);
        Map<String, String> parameters = ready.get(j);
        answers.add(CompletableFuture.supplyAsync(() -> browser.comeBack(parameters)));
      }

      answers.forEach(answer -> answer.join().then().statusCode(200));
      assertThat(
              answers.stream()
                  .map(answer -> answer.join().jsonPath().getString("user.user_id"))
                  .distinct())
          .hasSize(1);
      assertThat(count("SELECT count(*) FROM users WHERE email = $1", person.getString("email")))
          .isEqualTo(1);
    }
  }

  @Test
  void takesAStateOnceAlsoOfCallbacksAtOnce() {
    SsoBrowser browser = start(ACME, null);
    Map<String, String> parameters = browser.signInThere(person(newEmail()), new JsonObject());

    List<CompletableFuture<Integer>> answers =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(() -> browser.comeBack(parameters).statusCode()))
            .limit(4)
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join).sorted())
        .containsExactly(200, 400, 400, 400);
  }

  @Test
  void storesNoSecret() {
    SsoBrowser browser = start(ACME, "phone");

    Row row =
        run(
                "SELECT * FROM sso_logins WHERE state_hash = sha256($1)",
                Tuple.of(Buffer.buffer(browser.parameter("state"))))
            .iterator()
            .next();

    StringBuilder stored = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.getValue(i);
      stored
          .append(
              value instanceof Buffer bytes
                  ? bytes.toString(StandardCharsets.ISO_8859_1)
                  : String.valueOf(value))
          .append('\n');
    }
    assertThat(stored.toString())
        .contains("acme", "phone")
        .doesNotContain(
            browser.parameter("state"),
            browser.parameter("nonce"),
            browser.parameter("code_challenge"),
            browser.cookie())
        .doesNotContainPattern("[A-Za-z0-9_-]{43}");
    assertThat(row.getBuffer("browser_hash").length()).isEqualTo(32);
    // Twelve random bytes, the verifier's 43 characters, sixteen bytes of the cipher's tag.
    assertThat(row.getBuffer("verifier_sealed").length()).isEqualTo(12 + 43 + 16);
  }

  @Test
  void logsNoSecret() {
    ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
    Handler listener = listener(lines);
    Logger.getLogger("").addHandler(listener);
    List<String> secrets = new ArrayList<>(List.of(OpenIdProvider.CLIENT_SECRET));
    try {
      for (JsonObject behaviour :
          List.of(
              new JsonObject(),
              new JsonObject().put("key", "forged"),
              new JsonObject().put("token", "refusing"),
              new JsonObject().put("token", "failing"))) {
        SsoBrowser browser = start(ACME, null);
        Map<String, String> parameters = browser.signInThere(person(newEmail()), behaviour);
        Response answer = browser.comeBack(parameters);
        secrets.addAll(parameters.values());
        secrets.addAll(List.of(browser.cookie(), browser.parameter("nonce")));
        if (answer.statusCode() == 200) {
          secrets.add(answer.jsonPath().getString("refresh_token"));
        }
      }
    } finally {
      Logger.getLogger("").removeHandler(listener);
    }

    assertThat(lines).anyMatch(line -> line.contains("id_token_signature"));
    assertThat(String.join("\n", lines))
        .doesNotContain("oops", "eyJ")
        .doesNotContain(secrets.toArray(String[]::new));
  }

  private static Handler listener(ConcurrentLinkedQueue<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(
            line.getMessage()
                + " "
                + java.util.Arrays.toString(line.getParameters())
                + " "
                + line.getThrown());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static void isRefused(Response answer) {
    answer
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("sso-state-invalid"))
        .body("detail", notNullValue());
  }

  private static JsonObject claims(Response answer) {
    String payload = answer.jsonPath().getString("access_token").split("\\.", -1)[1];
    return new JsonObject(
        new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
  }

  private void verify(TestAccount account) {
    run(
        "UPDATE users SET is_email_verified = TRUE, email_verified_at = now() WHERE user_id = $1",
        Tuple.of(account.userId()));
  }

  private List<String> events(String userId) {
    return texts(
        "SELECT event_type || ':' || coalesce(detail, '') FROM auth_audit_log WHERE user_id = $1",
        Tuple.of(userId));
  }

  private String lastFailure() {
    return texts(
            """
            SELECT detail FROM auth_audit_log WHERE event_type = 'login_failed'
            ORDER BY occurred_at DESC, audit_id DESC LIMIT 1
            """,
            Tuple.tuple())
        .getFirst();
  }

  private List<String> outbox(String userId) {
    return texts(
        "SELECT event_type FROM outbox WHERE aggregate_id = $1 ORDER BY seq", Tuple.of(userId));
  }

  private JsonObject data(String userId, String type) {
    return new JsonObject(
        texts(
                "SELECT data FROM outbox WHERE aggregate_id = $1 AND event_type = $2",
                Tuple.of(userId, type))
            .getFirst());
  }

  private long count(String sql, Object... values) {
    return run(sql, Tuple.from(values)).iterator().next().getLong(0);
  }

  private List<String> texts(String sql, Tuple values) {
    return StreamSupport.stream(run(sql, values).spliterator(), false)
        .map(row -> row.getString(0))
        .toList();
  }

  private RowSet<Row> run(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).await().atMost(PATIENCE);
  }
}
