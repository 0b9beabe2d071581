package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.faultmaven.common.event.UserRegistered;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class RegistrationTest {
  @Inject Pool pool;

  @Test
  void answersWithTheProfileAndItsPath() {
    String name = name();

    Response answer = TestAccount.register(name, name + "@example.org", TestAccount.PASSWORD, null);

    answer
        .then()
        .statusCode(201)
        .header("Location", startsWith("http"))
        .body("username", equalTo(name))
        .body("email", equalTo(name + "@example.org"))
        .body("display_name", equalTo("Name of " + name))
        .body("roles", equalTo(List.of("user")))
        .body("is_active", equalTo(true))
        .body("is_email_verified", equalTo(false))
        .body("timezone", equalTo("UTC"))
        .body("locale", equalTo("en-US"))
        .body("$", not(hasKey("hashed_password")));
    String id = answer.jsonPath().getString("user_id");
    assertThat(answer.header("Location")).endsWith("/api/v1/users/" + id);
  }

  @Test
  void storesAHashAndAnEventAndAnAuditRow() {
    TestAccount account = TestAccount.register();

    assertThat(query("SELECT hashed_password AS v FROM users WHERE user_id = $1", account))
        .singleElement()
        .asString()
        .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(query("SELECT event_type AS v FROM outbox WHERE aggregate_id = $1", account))
        .containsExactly(UserRegistered.TYPE);
    assertThat(query("SELECT data AS v FROM outbox WHERE aggregate_id = $1", account))
        .singleElement()
        .asString()
        .contains("\"username\":\"" + account.username() + "\"", "\"roles\":[\"user\"]")
        .doesNotContain(account.email());
    assertThat(query("SELECT event_type AS v FROM auth_audit_log WHERE user_id = $1", account))
        .containsExactly("registered");
  }

  @Test
  void answersTheFirstAnswerAgainForTheSameKey() {
    String name = name();
    String key = Ids.next();
    Response first = TestAccount.register(name, name + "@example.org", TestAccount.PASSWORD, key);
    first.then().statusCode(201);

    Response second = TestAccount.register(name, name + "@example.org", TestAccount.PASSWORD, key);

    second.then().statusCode(201).header("Idempotency-Replayed", "true");
    assertThat(second.header("Location")).isEqualTo(first.header("Location"));
    assertThat(second.body().asString()).isEqualTo(first.body().asString());
    TestAccount.register(name, name + "@example.org", "another-password-entirely", key)
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"));
  }

  @ParameterizedTest
  @CsvSource({
    "register, 2000",
    "register, 500000",
    "login, 2000",
    "login, 500000",
  })
  void refusesVeryLongAddressesAtOnce(String path, int labels) {
    String body =
        "{\"email\": \"a@a%s\", \"password\": \"%s\"%s}"
            .formatted(
                ".a".repeat(labels),
                TestAccount.PASSWORD,
                path.equals("register") ? ", \"username\": \"" + name() + "\"" : "");

    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            given()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/auth/" + path)
                .then()
                .statusCode(400)
                .body("errors.field", hasItem("email")));
  }

  @Test
  void takesAddressesWithManyLabels() {
    String name = name();
    String email = name + "@a" + ".a".repeat(60) + ".example";

    TestAccount.register(name, email, TestAccount.PASSWORD, null).then().statusCode(201);
  }

  @Test
  void refusesNamesAndAddressesThatAreTakenWhateverTheirCase() {
    TestAccount account = TestAccount.register();
    String other = name();

    TestAccount.register(
            account.username().toUpperCase(Locale.ROOT),
            other + "@example.org",
            TestAccount.PASSWORD,
            null)
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("username-taken"));
    TestAccount.register(
            other, account.email().toUpperCase(Locale.ROOT), TestAccount.PASSWORD, null)
        .then()
        .statusCode(409)
        .body("code", equalTo("email-taken"));
    // Nothing was kept of the refused ones.
    TestAccount.register(other, other + "@example.org", TestAccount.PASSWORD, null)
        .then()
        .statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short-pw-11",
        "password1234",
        "P@ssw0rd2026!",
        "aaaaaaaaaaaaaaaa",
        "abababababababab",
        "\u0000\u0000violet-tractor"
      })
  void refusesWeakPasswords(String password) {
    String name = name();

    TestAccount.register(name, name + "@example.org", password, null)
        .then()
        .statusCode(400)
        .body("code", equalTo("validation-failed"))
        .body("errors.field", hasItem("password"))
        .body("detail", not(equalTo(password)));
  }

  @Test
  void refusesTheNameAsPassword() {
    String name = name();

    TestAccount.register(name, name + "@example.org", name + "@EXAMPLE.org", null)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("password"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                                         | malformed-json    |",
        "[]                                                        | validation-failed | body",
        "{\"username\": 7, \"email\": \"a@b.c\", \"password\": \"x\"} | validation-failed | username",
        "{\"email\": \"a@b.c\", \"password\": \"violet-tractor-41\"} | validation-failed | username",
        "{\"username\": \"ab\"}                                    | validation-failed | username",
        "{\"username\": \"ada@b\"}                                 | validation-failed | username",
        "{\"username\": \"ada\\u0000x\"}                           | validation-failed | username",
        "{\"username\": \"ada\", \"email\": \"not an address\"}    | validation-failed | email",
        "{\"username\": \"ada\", \"email\": \"a\\u0000@b.c\"}      | validation-failed | email",
        "{\"username\": \"ada\", \"display_name\": \"a\\u0000b\"}  | validation-failed | display_name",
        "{\"username\": \"ada\", \"display_name\": \"  \"}         | validation-failed | display_name",
        "{\"username\": \"ada\", \"display_name\": \"\\ud800\"}    | validation-failed | display_name",
        "{\"username\": \"ada\", \"roles\": [\"admin\"]}           | validation-failed | roles",
      })
  void refusesBadBodies(String body, String code, String field) {
    var answer =
        given()
            .contentType(ContentType.JSON)
            .body(body)
            .post("/api/v1/auth/register")
            .then()
            .statusCode(400)
            .contentType("application/problem+json")
            .body("code", equalTo(code));
    if (field != null) {
      answer.body("errors.field", hasItem(field));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"username", "email", "display_name", "password"})
  void refusesTextsThatAreTooLong(String field) {
    String body = "{\"%s\": \"%s\"}".formatted(field, "a".repeat(300));

    given()
        .contentType(ContentType.JSON)
        .body(body)
        .post("/api/v1/auth/register")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem(field));
  }

  @Test
  void refusesNoBodyAndOtherMediaTypes() {
    given().contentType(ContentType.JSON).post("/api/v1/auth/register").then().statusCode(400);
    given()
        .contentType(ContentType.TEXT)
        .body("x")
        .post("/api/v1/auth/register")
        .then()
        .statusCode(415);
    given().get("/api/v1/auth/register").then().statusCode(405);
  }

  @Test
  void keepsDisplayNamesOfAllScripts() {
    String name = name();

    given()
        .contentType(ContentType.JSON)
        .body(
            """
            {"username": "%1$s", "email": "%1$s@example.org", "password": "%2$s",
             "display_name": "Zoë 山田 🦊"}
            """
                .formatted(name, TestAccount.PASSWORD))
        .post("/api/v1/auth/register")
        .then()
        .statusCode(201)
        .body("display_name", equalTo("Zoë 山田 🦊"));
  }

  private List<String> query(String sql, TestAccount account) {
    return StreamSupport.stream(
            pool.preparedQuery(sql)
                .execute(Tuple.of(account.userId()))
                .await()
                .atMost(Duration.ofSeconds(10))
                .spliterator(),
            false)
        .map((Row row) -> row.getString("v"))
        .toList();
  }

  private static String name() {
    return "n" + Ids.next().replace("-", "").substring(8);
  }
}
