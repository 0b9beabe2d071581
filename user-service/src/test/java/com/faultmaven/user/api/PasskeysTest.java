package com.faultmaven.user.api;

import static com.faultmaven.user.EmulatedAuthenticator.USER_PRESENT;
import static com.faultmaven.user.EmulatedAuthenticator.USER_VERIFIED;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.event.UserUpdated;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.EmulatedAuthenticator;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.domain.passkey.Challenges;
import com.faultmaven.user.domain.passkey.PasskeySettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
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
class PasskeysTest {
  private static final String PASSKEYS = "/api/v1/auth/passkeys";
  private static final List<String> REGISTRATION_FIELDS =
      List.of("clientDataJSON", "attestationObject");
  private static final List<String> SIGN_IN_FIELDS =
      List.of("clientDataJSON", "authenticatorData", "signature", "userHandle");

  @Inject Pool pool;
  @Inject AtRestEncryption encryption;
  @Inject PasskeySettings settings;

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "RS256"})
  void addsAPasskeyAndSignsInWithIt(String algorithm) {
    EmulatedAuthenticator authenticator =
        "ES256".equals(algorithm)
            ? EmulatedAuthenticator.es256()
            : EmulatedAuthenticator.rs256(2048);
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();

    Response added = add(tokens, authenticator, "Laptop");

    added
        .then()
        .statusCode(201)
        .body("name", equalTo("Laptop"))
        .body("created_at", notNullValue())
        .body("last_used_at", nullValue())
        .body("backed_up", equalTo(true))
        .body("transports", equalTo(List.of("internal", "hybrid")));
    String id = added.jsonPath().getString("passkey_id");
    assertThat(added.header("Location")).endsWith(PASSKEYS + "/" + id);

    Response signedIn = login(authenticator.get(loginOptions()), "laptop");

    signedIn
        .then()
        .statusCode(200)
        .body("token_type", equalTo("Bearer"))
        .body("session_id", equalTo("session-of-laptop"))
        .body("user.user_id", equalTo(account.userId()));
    assertThat(claims(signedIn).getJsonArray("amr")).containsExactly("pop", "mfa");
    Tokens.of(signedIn)
        .given()
        .get(PASSKEYS)
        .then()
        .statusCode(200)
        .body("items", hasSize(1))
        .body("items[0].passkey_id", equalTo(id))
        .body("items[0].last_used_at", notNullValue())
        .body("items[0]", not(hasKey("public_key")));
    TestAccount.refresh(Tokens.of(signedIn).refresh()).then().statusCode(200);
  }

  @Test
  void asksTheBrowserForWhatItNeeds() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator first = EmulatedAuthenticator.es256();
    JsonObject before = registrationOptions(tokens);
    add(tokens, first, "First").then().statusCode(201);

    JsonObject options = registrationOptions(tokens);

    assertThat(options.getJsonObject("rp").encode())
        .isEqualTo("{\"id\":\"localhost\",\"name\":\"FaultMaven\"}");
    assertThat(options.getJsonObject("user").getString("name")).isEqualTo(account.username());
    assertThat(options.getJsonObject("user").getString("displayName"))
        .isEqualTo("Name of " + account.username());
    assertThat(Base64.getUrlDecoder().decode(options.getJsonObject("user").getString("id")))
        .hasSize(32);
    assertThat(options.getJsonArray("pubKeyCredParams").encode())
        .isEqualTo("[{\"type\":\"public-key\",\"alg\":-7},{\"type\":\"public-key\",\"alg\":-257}]");
    assertThat(options.getLong("timeout")).isEqualTo(300_000);
    assertThat(options.getString("attestation")).isEqualTo("none");
    assertThat(options.getJsonObject("authenticatorSelection").encode())
        .isEqualTo(
            "{\"residentKey\":\"required\",\"requireResidentKey\":true,"
                + "\"userVerification\":\"required\"}");
    assertThat(before.getJsonArray("excludeCredentials")).isEmpty();
    assertThat(options.getJsonArray("excludeCredentials").encode())
        .isEqualTo(
            "[{\"id\":\"%s\",\"type\":\"public-key\",\"transports\":[\"internal\",\"hybrid\"]}]"
                .formatted(first.credentialId()));
    assertThat(options.getString("challenge")).isNotEqualTo(before.getString("challenge"));
    // The account is the same to every authenticator from its first passkey on.
    assertThat(registrationOptions(tokens).getJsonObject("user"))
        .isEqualTo(options.getJsonObject("user"));
    assertThat(loginOptions().fieldNames())
        .containsExactlyInAnyOrder("challenge", "timeout", "rpId", "userVerification");
  }

  @Test
  void asksForThePasswordFirst() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();

    for (Object body : List.of(new JsonObject().encode(), "{\"password\": null}")) {
      tokens
          .given(body)
          .post(PASSKEYS + "/registration-options")
          .then()
          .statusCode(400)
          .body("errors.field", hasItem("password"));
    }
    for (int i = 0; i < 10; i++) {
      tokens
          .given("{\"password\": \"wrong-password-of-mine\"}")
          .post(PASSKEYS + "/registration-options")
          .then()
          .statusCode(403)
          .body("code", equalTo("wrong-password"));
    }
    tokens
        .given(password())
        .post(PASSKEYS + "/registration-options")
        .then()
        .statusCode(429)
        .body("code", equalTo("too-many-attempts"));
    assertThat(audit(account, "second_factor_failed"))
        .hasSize(10)
        .containsOnly("passkey_registration");
  }

  @Test
  void asksAnAccountWithoutAPasswordForNone() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    update("UPDATE users SET hashed_password = NULL WHERE user_id = $1", account.userId());

    tokens
        .given()
        .contentType(ContentType.JSON)
        .post(PASSKEYS + "/registration-options")
        .then()
        .statusCode(200);
  }

  @Test
  void writesAuditAndEvents() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    String id = add(tokens, authenticator, "Key").jsonPath().getString("passkey_id");
    login(authenticator.get(loginOptions()), null).then().statusCode(200);
    remove(tokens, PASSKEYS + "/" + id).then().statusCode(204);

    assertThat(audit(account, "passkey_added")).hasSize(1);
    assertThat(audit(account, "passkey_removed")).hasSize(1);
    assertThat(audit(account, "login_succeeded")).contains("passkey");
    assertThat(
            values(
                "SELECT data AS v FROM outbox WHERE aggregate_id = $1 AND event_type = '"
                    + UserUpdated.TYPE
                    + "'",
                account.userId()))
        .hasSize(2)
        .allMatch(data -> String.valueOf(data).contains("\"changed\":[\"passkeys\"]"));
  }

  @Test
  void givesTheFirstAnswerAgainForTheSameIdempotencyKey() {
    Tokens tokens = TestAccount.register().login();
    JsonObject body =
        new JsonObject()
            .put("name", "Key")
            .put("credential", EmulatedAuthenticator.es256().create(registrationOptions(tokens)));
    String key = Ids.next();

    Response first = post(tokens, body, key);
    Response again = post(tokens, body, key);

    first.then().statusCode(201);
    again.then().statusCode(201).header("Idempotency-Replayed", "true");
    assertThat(again.body().asString()).isEqualTo(first.body().asString());
    post(tokens, body.copy().put("name", "Other"), key).then().statusCode(422);
  }

  @Test
  void refusesAChallengeThatHasDoneItsWork() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    JsonObject options = registrationOptions(tokens);
    finish(tokens, authenticator.create(options), "First").then().statusCode(201);

    refusedAddition(tokens, EmulatedAuthenticator.es256().create(options));
    JsonObject loginOptions = loginOptions();
    JsonObject assertion = authenticator.get(loginOptions);
    login(assertion, null).then().statusCode(200);
    refused(assertion);
    refused(authenticator.get(loginOptions));
    String client = "client-" + account.userId();
    login(authenticator.get(loginOptions), client).then().statusCode(401);
    assertThat(NeighboursResource.hasBeenAskedBy(client)).isFalse();

    assertThat(audit(account, "login_failed"))
        .containsExactlyInAnyOrder(
            "passkey_counter", "passkey_challenge_used", "passkey_challenge_used");
  }

  @Test
  void refusesAChallengeOfAnotherPurposeAccountOrMaker() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    Tokens other = TestAccount.register().login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    add(tokens, authenticator, "Key").then().statusCode(201);

    JsonObject user = registrationOptions(tokens);
    refusedAddition(tokens, EmulatedAuthenticator.es256().create(registrationOptions(other)));
    refusedAddition(
        tokens,
        EmulatedAuthenticator.es256()
            .create(user.copy().put("challenge", loginOptions().getString("challenge"))));
    refused(authenticator.get(registrationOptions(tokens)));
    for (String challenge : List.of("", "AAAA", EmulatedAuthenticator.text(new byte[64]))) {
      refusedAddition(
          tokens, EmulatedAuthenticator.es256().create(user.copy().put("challenge", challenge)));
      refused(authenticator.get(new JsonObject().put("challenge", challenge)));
    }
  }

  @Test
  void refusesAnExpiredChallenge() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    add(tokens, authenticator, "Key").then().statusCode(201);
    JsonObject options = registrationOptions(tokens);
    Challenges sixMinutesAgo =
        new Challenges(
            encryption, settings, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6)));
    Challenges fourMinutesAgo =
        new Challenges(
            encryption, settings, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-4)));
    String handle = options.getJsonObject("user").getString("id");

    refused(authenticator.get(new JsonObject().put("challenge", sixMinutesAgo.forSignIn())));
    refusedAddition(
        tokens,
        EmulatedAuthenticator.es256()
            .create(
                options
                    .copy()
                    .put("challenge", sixMinutesAgo.forRegistration(account.userId(), handle))));
    login(authenticator.get(new JsonObject().put("challenge", fourMinutesAgo.forSignIn())), null)
        .then()
        .statusCode(200);
    assertThat(audit(account, "login_failed")).containsExactly("passkey_challenge");
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("origin", liar -> liar.origin = "http://localhost:8081"),
        lie("origin", liar -> liar.origin = "https://localhost:8080"),
        lie("origin", liar -> liar.origin = "http://evil.example"),
        lie("origin", liar -> liar.crossOrigin = true),
        lie("relying_party", liar -> liar.relyingParty = "evil.example"),
        lie("type", liar -> liar.type = "payment.get"),
        lie("user_not_verified", liar -> liar.flags &= ~USER_VERIFIED),
        lie("user_not_present", liar -> liar.flags &= ~USER_PRESENT));
  }

  private static Arguments lie(String word, Consumer<EmulatedAuthenticator> lie) {
    return Arguments.of(word, lie);
  }

  @ParameterizedTest
  @MethodSource("lies")
  void refusesLies(String word, Consumer<EmulatedAuthenticator> lie) {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator honest = EmulatedAuthenticator.es256();
    add(tokens, honest, "Key").then().statusCode(201);
    EmulatedAuthenticator liar = EmulatedAuthenticator.es256();

    lie.accept(liar);
    refusedAddition(tokens, liar.create(registrationOptions(tokens)));
    lie.accept(honest);
    refused(honest.get(loginOptions()));

    assertThat(audit(account, "login_failed")).containsExactly("passkey_" + word);
  }

  @Test
  void refusesWhatTheWrongCeremonyMade() {
    Tokens tokens = TestAccount.register().login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    authenticator.type = "webauthn.get";

    refusedAddition(tokens, authenticator.create(registrationOptions(tokens)));
  }

  @Test
  void refusesKeysThatAreNotAsked() {
    Tokens tokens = TestAccount.register().login();

    for (EmulatedAuthenticator authenticator :
        List.of(
            EmulatedAuthenticator.rs256(1024),
            EmulatedAuthenticator.onCurve("secp384r1", -35),
            EmulatedAuthenticator.onCurve("secp384r1", -7),
            EmulatedAuthenticator.onCurve("secp256r1", -257),
            EmulatedAuthenticator.onCurve("secp256r1", -8))) {
      refusedAddition(tokens, authenticator.create(registrationOptions(tokens)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "signature, signature",
    "authenticatorData, signature",
    "clientDataJSON, signature",
    "userHandle, user_handle"
  })
  void refusesWhatWasTamperedWith(String field, String word) {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    add(tokens, authenticator, "Key").then().statusCode(201);
    JsonObject assertion = authenticator.get(loginOptions());
    JsonObject response = assertion.getJsonObject("response");
    byte[] bytes = EmulatedAuthenticator.bytes(response.getString(field));
    if ("clientDataJSON".equals(field)) {
      // A space at the end changes no value.
      bytes = Arrays.copyOf(bytes, bytes.length + 1);
      bytes[bytes.length - 1] = ' ';
    } else {
      bytes[bytes.length - 1] ^= 1; // within the counter, for authenticator data
    }

    response.put(field, EmulatedAuthenticator.text(bytes));

    if ("authenticatorData".equals(field)) {
      // Counters must grow to get as far as the signature, so it is made greater.
      bytes[bytes.length - 2] = 1;
      response.put(field, EmulatedAuthenticator.text(bytes));
    }
    refused(assertion);
    assertThat(audit(account, "login_failed")).containsExactly("passkey_" + word);
  }

  @Test
  void refusesAPasskeyThatNobodyHasAdded() {
    Tokens tokens = TestAccount.register().login();
    EmulatedAuthenticator stranger = EmulatedAuthenticator.es256();
    stranger.create(registrationOptions(tokens));

    Response unknown = login(stranger.get(loginOptions()), null);

    EmulatedAuthenticator known = EmulatedAuthenticator.es256();
    add(tokens, known, "Key").then().statusCode(201);
    known.origin = "http://evil.example";
    Response wrong = login(known.get(loginOptions()), null);
    unknown.then().statusCode(401);
    assertThat(withoutTrace(unknown)).isEqualTo(withoutTrace(wrong));
  }

  @Test
  void refusesACounterThatDoesNotGrow() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    authenticator.counter = 41;
    add(tokens, authenticator, "Key").then().statusCode(201);
    login(authenticator.get(loginOptions()), null).then().statusCode(200);

    for (long before : new long[] {0, 10, 41}) {
      authenticator.counter = before;
      refused(authenticator.get(loginOptions()));
    }
    authenticator.counts = false;
    authenticator.counter = 0;
    refused(authenticator.get(loginOptions()));

    assertThat(audit(account, "login_failed")).hasSize(4).containsOnly("passkey_counter");
    authenticator.counter = 43;
    login(authenticator.get(loginOptions()), null).then().statusCode(200);
  }

  @Test
  void takesAnAuthenticatorThatDoesNotCount() {
    Tokens tokens = TestAccount.register().login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    authenticator.counts = false;
    add(tokens, authenticator, "Key").then().statusCode(201);

    for (int i = 0; i < 3; i++) {
      login(authenticator.get(loginOptions()), null).then().statusCode(200);
    }
  }

  @Test
  void refusesARemovedPasskey() {
    Tokens tokens = TestAccount.register().login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    String path = PASSKEYS + "/" + add(tokens, authenticator, "Key").path("passkey_id");

    remove(TestAccount.register().login(), path).then().statusCode(404);
    login(authenticator.get(loginOptions()), null).then().statusCode(200);
    remove(tokens, path).then().statusCode(204);

    refused(authenticator.get(loginOptions()));
    remove(tokens, path).then().statusCode(404).body("code", equalTo("not-found"));
    tokens.given().get(PASSKEYS).then().body("items", hasSize(0));
  }

  @Test
  void removesNoneWithoutThePassword() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    String path = PASSKEYS + "/" + add(tokens, authenticator, "Key").path("passkey_id");

    tokens.given().delete(path).then().statusCode(404);
    tokens
        .given("{}")
        .post(path + "/remove")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("password"));
    tokens
        .given("{\"password\": \"wrong-password-of-mine\"}")
        .post(path + "/remove")
        .then()
        .statusCode(403)
        .body("code", equalTo("wrong-password"));

    login(authenticator.get(loginOptions()), null).then().statusCode(200);
    assertThat(audit(account, "second_factor_failed")).containsExactly("passkey_removal");
    update("UPDATE users SET hashed_password = NULL WHERE user_id = $1", account.userId());
    tokens.given().contentType(ContentType.JSON).post(path + "/remove").then().statusCode(204);
  }

  @Test
  void tellsAnOwnerAloneThatTheAccountIsDeactivated() {
    TestAccount account = TestAccount.register();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    Tokens tokens = account.login();
    add(tokens, authenticator, "Key").then().statusCode(201);
    JsonObject options = registrationOptions(tokens);
    String path = "/api/v1/users/" + account.userId();
    TestAccount.admin().given().post(path + "/deactivate").then().statusCode(200);

    login(authenticator.get(loginOptions()), null)
        .then()
        .statusCode(403)
        .body("code", equalTo("account-deactivated"));
    finish(tokens, EmulatedAuthenticator.es256().create(options), "New").then().statusCode(401);
    tokens.given(password()).post(PASSKEYS + "/registration-options").then().statusCode(401);
    authenticator.origin = "http://evil.example";
    refused(authenticator.get(loginOptions()));
    authenticator.origin = "http://localhost:8080";
    TestAccount.admin().given().delete(path).then().statusCode(204);
    refused(authenticator.get(loginOptions()));
    assertThat(audit(account, "login_failed"))
        .containsExactlyInAnyOrder("passkey_deactivated", "passkey_origin", "passkey_deleted");
  }

  @Test
  void refusesAPasskeyThatIsKnown() {
    Tokens tokens = TestAccount.register().login();
    Tokens other = TestAccount.register().login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    add(tokens, authenticator, "Key").then().statusCode(201);

    for (Tokens again : List.of(tokens, other)) {
      add(again, authenticator, "Again")
          .then()
          .statusCode(409)
          .body("code", equalTo("passkey-exists"));
    }
  }

  @Test
  void boundsThePasskeysOfAnAccount() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    String handle = registrationOptions(tokens).getJsonObject("user").getString("id");
    Challenges challenges = new Challenges(encryption, settings, Clock.systemUTC());
    List<CompletableFuture<Integer>> answers =
        IntStream.range(0, 24)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            finish(
                                    tokens,
                                    EmulatedAuthenticator.es256()
                                        .create(
                                            options(
                                                challenges.forRegistration(
                                                    account.userId(), handle),
                                                handle)),
                                    "Key " + i)
                                .statusCode()))
            .toList();

    List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();

    assertThat(statuses.stream().filter(status -> status == 201)).hasSize(20);
    assertThat(statuses.stream().filter(status -> status == 409)).hasSize(4);
    add(tokens, EmulatedAuthenticator.es256(), "One more")
        .then()
        .statusCode(409)
        .body("code", equalTo("too-many-passkeys"));
    tokens.given().get(PASSKEYS).then().body("items", hasSize(20));
  }

  @Test
  void letsOneOfTwoSignInsWithOneChallengeWin() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    authenticator.counts = false;
    add(tokens, authenticator, "Key").then().statusCode(201);
    JsonObject assertion = authenticator.get(loginOptions());

    List<Integer> statuses =
        IntStream.range(0, 6)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> login(assertion, null).statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(statuses).containsOnlyOnce(200);
    assertThat(statuses.stream().filter(status -> status == 401)).hasSize(5);
    assertThat(audit(account, "login_failed")).hasSize(5).containsOnly("passkey_challenge_used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "{}", "{\"credential\": null}", "{\"credential\": 7}", ""})
  void refusesBadBodies(String body) {
    Tokens tokens = TestAccount.register().login();

    problem(given().contentType(ContentType.JSON).body(body).post(PASSKEYS + "/login"), 400);
    problem(tokens.given(body).post(PASSKEYS), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\": 1}",
        "{\"id\": \"AAAA\", \"rawId\": \"AAAA\"}",
        "{\"id\": \"AAAA\", \"rawId\": \"AAAB\", \"type\": \"public-key\"}",
        "{\"id\": \"AAAA\", \"rawId\": \"AAAA\", \"type\": \"public-key\"}",
        "{\"id\": \"AAAA\", \"rawId\": \"AAAA\", \"type\": \"public-key\", \"response\": 7}",
        "{\"id\": \"\", \"rawId\": \"\", \"type\": \"public-key\", \"response\": {}}"
      })
  void refusesBadCredentials(String credential) {
    Tokens tokens = TestAccount.register().login();

    refused(new JsonObject(credential));
    refusedAddition(tokens, new JsonObject(credential));
  }

  @Test
  void refusesHugeNestedAndMalformedFields() {
    Tokens tokens = TestAccount.register().login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    add(tokens, authenticator, "Key").then().statusCode(201);
    byte[] arrays = new byte[40_000];
    Arrays.fill(arrays, (byte) 0x81); // CBOR: an array of one in an array of one in …
    byte[] long1 = {(byte) 0x5b, 0x7f, -1, -1, -1, -1, -1, -1, -1}; // 2^63 - 1 bytes to come
    String json = "{\"type\":".repeat(8_000);
    List<String> values =
        List.of(
            "not base64!",
            "",
            "A",
            "A".repeat(70_000),
            "A".repeat(1_000_000),
            EmulatedAuthenticator.text(arrays),
            EmulatedAuthenticator.text(long1),
            EmulatedAuthenticator.text(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    for (String value : values) {
      for (String field : REGISTRATION_FIELDS) {
        JsonObject credential =
            EmulatedAuthenticator.es256().create(registrationOptionsWithoutAsking());
        credential.getJsonObject("response").put(field, value);
        refusedAddition(tokens, credential);
      }
      for (String field : SIGN_IN_FIELDS) {
        JsonObject credential = authenticator.get(loginOptions());
        credential.getJsonObject("response").put(field, value);
        refused(credential);
      }
    }
    String deep = "{\"credential\":" + "{\"a\":".repeat(1_500) + "1" + "}".repeat(1_500) + "}";
    problem(given().contentType(ContentType.JSON).body(deep).post(PASSKEYS + "/login"), 400);
  }

  @Test
  void answersRandomBytesWithRefusals() {
    Tokens tokens = TestAccount.register().login();
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    add(tokens, authenticator, "Key").then().statusCode(201);
    Random random = new Random(20261127);
    for (int i = 0; i < 40; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      String field = SIGN_IN_FIELDS.get(i % SIGN_IN_FIELDS.size());
      JsonObject assertion = authenticator.get(loginOptions());
      assertion.getJsonObject("response").put(field, EmulatedAuthenticator.text(noise));
      refused(assertion);
      field = REGISTRATION_FIELDS.get(i % REGISTRATION_FIELDS.size());
      JsonObject attestation =
          EmulatedAuthenticator.es256().create(registrationOptionsWithoutAsking());
      attestation.getJsonObject("response").put(field, EmulatedAuthenticator.text(noise));
      refusedAddition(tokens, attestation);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\u0000b"})
  void refusesBadNames(String name) {
    Tokens tokens = TestAccount.register().login();
    JsonObject credential =
        EmulatedAuthenticator.es256().create(registrationOptionsWithoutAsking());

    finish(tokens, credential, name)
        .then()
        .statusCode(400)
        .body("code", equalTo("validation-failed"))
        .body("errors.field", hasItem("name"));
  }

  @Test
  void wantsATokenForAllButSigningIn() {
    given().get(PASSKEYS).then().statusCode(401);
    given().contentType(ContentType.JSON).post(PASSKEYS + "/x/remove").then().statusCode(401);
    given()
        .contentType(ContentType.JSON)
        .body("{}")
        .post(PASSKEYS + "/registration-options")
        .then()
        .statusCode(401);
    given().contentType(ContentType.JSON).body("{}").post(PASSKEYS).then().statusCode(401);
  }

  private JsonObject registrationOptionsWithoutAsking() {
    String handle = EmulatedAuthenticator.text(new byte[32]);
    Challenges challenges = new Challenges(encryption, settings, Clock.systemUTC());
    return options(challenges.forRegistration("nobody", handle), handle);
  }

  private static JsonObject options(String challenge, String handle) {
    return new JsonObject()
        .put("challenge", challenge)
        .put("user", new JsonObject().put("id", handle));
  }

  private static String password() {
    return new JsonObject().put("password", TestAccount.PASSWORD).encode();
  }

  private static Response remove(Tokens tokens, String path) {
    return tokens.given(password()).post(path + "/remove");
  }

  private static JsonObject registrationOptions(Tokens tokens) {
    Response answer = tokens.given(password()).post(PASSKEYS + "/registration-options");
    answer.then().statusCode(200);
    return new JsonObject(answer.body().asString());
  }

  private static JsonObject loginOptions() {
    Response answer = given().post(PASSKEYS + "/login-options");
    answer.then().statusCode(200);
    return new JsonObject(answer.body().asString());
  }

  private static Response add(Tokens tokens, EmulatedAuthenticator authenticator, String name) {
    return finish(tokens, authenticator.create(registrationOptions(tokens)), name);
  }

  private static Response finish(Tokens tokens, JsonObject credential, String name) {
    return post(tokens, new JsonObject().put("name", name).put("credential", credential), null);
  }

  private static Response post(Tokens tokens, JsonObject body, @Nullable String key) {
    var request = tokens.given(body.encode());
    return (key == null ? request : request.header("Idempotency-Key", key)).post(PASSKEYS);
  }

  private static Response login(JsonObject credential, @Nullable String clientId) {
    JsonObject body = new JsonObject().put("credential", credential);
    if (clientId != null) {
      body.put("client_id", clientId);
    }
    return given().contentType(ContentType.JSON).body(body.encode()).post(PASSKEYS + "/login");
  }

  private static void refused(JsonObject assertion) {
    problem(login(assertion, null), 401).then().body("code", equalTo("passkey-refused"));
  }

  private static void refusedAddition(Tokens tokens, JsonObject attestation) {
    problem(finish(tokens, attestation, "Refused"), 400)
        .then()
        .body("code", equalTo("passkey-invalid"));
  }

  private static Response problem(Response answer, int status) {
    answer.then().statusCode(status).contentType("application/problem+json");
    return answer;
  }

  private static JsonObject claims(Response answer) {
    String token = answer.jsonPath().getString("access_token");
    return new JsonObject(
        new String(
            Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
            java.nio.charset.StandardCharsets.UTF_8));
  }

  private static JsonObject withoutTrace(Response answer) {
    JsonObject body = new JsonObject(answer.body().asString());
    body.remove("trace_id");
    return body;
  }

  private List<@Nullable Object> audit(TestAccount account, String type) {
    return values(
        "SELECT detail AS v FROM auth_audit_log WHERE user_id = $1 AND event_type = '" + type + "'",
        account.userId());
  }

  private List<@Nullable Object> values(String sql, String parameter) {
    return StreamSupport.stream(
            pool.preparedQuery(sql)
                .execute(Tuple.of(parameter))
                .await()
                .atMost(Duration.ofSeconds(10))
                .spliterator(),
            false)
        .<@Nullable Object>map(row -> row.getValue("v"))
        .toList();
  }

  private void update(String sql, String parameter) {
    pool.preparedQuery(sql).execute(Tuple.of(parameter)).await().atMost(Duration.ofSeconds(10));
  }
}
