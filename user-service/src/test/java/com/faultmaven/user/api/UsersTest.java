package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import com.faultmaven.user.domain.SigningKeys;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
class UsersTest {
  private static final String USERS = "/api/v1/users/";

  @Inject SigningKeys keys;

  /** Method, path, body, and the status for anonymous, another user, the owner and an admin. */
  static Stream<Arguments> access() {
    Map<String, Object> roles = Map.of("roles", List.of("user"));
    Map<String, Object> name = Map.of("display_name", "New name");
    return Stream.of(
        Arguments.of("GET", "", null, 401, 404, 200, 200),
        Arguments.of("PATCH", "", name, 401, 404, 200, 200),
        Arguments.of("PUT", "/roles", roles, 401, 403, 403, 200),
        Arguments.of("POST", "/deactivate", null, 401, 403, 403, 200),
        Arguments.of("POST", "/activate", null, 401, 403, 403, 200),
        Arguments.of("POST", "/restore", null, 401, 403, 403, 200),
        Arguments.of("DELETE", "", null, 401, 404, 204, 204));
  }

  @ParameterizedTest
  @MethodSource("access")
  void letsInWhoMay(
      String method,
      String path,
      @Nullable Object body,
      int anonymous,
      int other,
      int owner,
      int admin) {
    TestAccount account = TestAccount.register();
    Tokens own = account.login();
    String of = USERS + account.userId() + path;

    assertThat(status(null, method, of, body)).isEqualTo(anonymous);
    assertThat(status(TestAccount.register().login(), method, of, body)).isEqualTo(other);
    assertThat(status(own, method, of, body)).isEqualTo(owner);
    TestAccount second = TestAccount.register();
    assertThat(status(TestAccount.admin(), method, USERS + second.userId() + path, body))
        .isEqualTo(admin);
    assertThat(status(TestAccount.admin(), method, USERS + Ids.next() + path, body)).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/users",
        "/api/v1/audit/auth-events",
        "/api/v1/audit/data-access",
        "/api/v1/admin/jobs"
      })
  void showsListsToAdminsAlone(String path) {
    given().get(path).then().statusCode(401).contentType("application/problem+json");
    TestAccount.register().login().given().get(path).then().statusCode(403);
    TestAccount.admin().given().get(path).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "audience", "issuer", "garbage", "unsigned"})
  void refusesTokensThatAreNotGood(String fault) {
    TestAccount account = TestAccount.register();

    given()
        .auth()
        .oauth2(badToken(account.userId(), fault))
        .get(USERS + account.userId())
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", notNullValue())
        .body("code", equalTo("unauthorized"));
  }

  private String badToken(String userId, String fault) {
    if (fault.equals("garbage")) {
      return "not.a.token";
    }
    if (fault.equals("unsigned")) {
      String good = TestAccount.admin().access();
      return good.substring(0, good.lastIndexOf('.') + 1) + "AAAA";
    }
    var key = keys.current().await().atMost(Duration.ofSeconds(10));
    Instant now = Instant.now();
    return Jwt.issuer(fault.equals("issuer") ? "somebody-else" : "faultmaven")
        .audience(fault.equals("audience") ? "somebody-else" : "faultmaven")
        .subject(userId)
        .groups(Set.of("user"))
        .issuedAt(now.minusSeconds(7200))
        .expiresAt(fault.equals("expired") ? now.minusSeconds(3600) : now.plusSeconds(600))
        .jws()
        .keyId(key.keyId())
        .algorithm(SignatureAlgorithm.ES256)
        .sign(key.privateKey());
  }

  @Test
  void changesWhatIsNamedAndNothingElse() {
    TestAccount account = TestAccount.register();
    Tokens own = account.login();
    own.given(
            Map.of(
                "avatar_url",
                "https://example.org/a.png",
                "timezone",
                "Europe/Stockholm",
                "locale",
                "sv-se"))
        .patch(USERS + account.userId())
        .then()
        .statusCode(200)
        .body("avatar_url", equalTo("https://example.org/a.png"))
        .body("timezone", equalTo("Europe/Stockholm"))
        .body("locale", equalTo("sv-SE"))
        .body("display_name", equalTo("Name of " + account.username()));

    own.given("{\"avatar_url\": null, \"display_name\": \"Åsa\", \"locale\": \"es-419\"}")
        .patch(USERS + account.userId())
        .then()
        .statusCode(200)
        .body("locale", equalTo("es-419"))
        .body("avatar_url", nullValue())
        .body("display_name", equalTo("Åsa"))
        .body("timezone", equalTo("Europe/Stockholm"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"timezone\": \"Mars/Olympus\"}       | timezone",
        "{\"locale\": \"not a locale\"}         | locale",
        "{\"locale\": \"\"}                     | locale",
        "{\"locale\": \"xx-YY\"}                | locale",
        "{\"locale\": \"en-ZZ\"}                | locale",
        "{\"locale\": \"es-999\"}               | locale",
        "{\"locale\": \"en-u-ca-gregory\"}      | locale",
        "{\"avatar_url\": \"http://example.org/a.png\"}    | avatar_url",
        "{\"avatar_url\": \"https://me@example.org/a.png\"} | avatar_url",
        "{\"avatar_url\": \"javascript:x\"}     | avatar_url",
        "{\"avatar_url\": \"https://\\u0000\"}  | avatar_url",
        "{\"avatar_url\": 7}                    | avatar_url",
        "{\"display_name\": 7}                  | display_name",
        "{\"display_name\": \"\"}               | display_name",
        "{\"display_name\": \"\\u0000\"}        | display_name",
        "{\"roles\": [\"admin\"]}               | roles",
        "{\"hashed_password\": \"x\"}           | hashed_password",
        "{\"is_active\": true}                  | is_active",
      })
  void refusesBadProfiles(String body, String field) {
    TestAccount account = TestAccount.register();

    account
        .login()
        .given(body)
        .patch(USERS + account.userId())
        .then()
        .statusCode(400)
        .body("errors.field", hasItem(field));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"roles\": []}",
        "{\"roles\": [\"root\"]}",
        "{\"roles\": [\"ADMIN\"]}",
        "{\"roles\": [null]}",
        "{\"roles\": [2]}",
        "{\"roles\": \"admin\"}"
      })
  void refusesBadRoles(String body) {
    TestAccount account = TestAccount.register();
    Tokens admin = TestAccount.admin();

    admin.given(body).put(USERS + account.userId() + "/roles").then().statusCode(400);

    admin.given().get(USERS + account.userId()).then().body("roles", equalTo(List.of("user")));
  }

  @Test
  void putsNewRolesIntoTheNextToken() {
    TestAccount account = TestAccount.register();
    Tokens before = account.login();
    TestAccount.admin()
        .given(Map.of("roles", List.of("admin", "user")))
        .put(USERS + account.userId() + "/roles")
        .then()
        .statusCode(200)
        .body("roles", equalTo(List.of("user", "admin")));

    Tokens after = Tokens.of(TestAccount.refresh(before.refresh()));

    before.given().get("/api/v1/users").then().statusCode(403);
    after.given().get("/api/v1/users").then().statusCode(200);
  }

  /** What an administrator loses, and what the old token must not do after that. */
  static Stream<Arguments> losses() {
    Map<String, Object> user = Map.of("roles", List.of("user"));
    return Stream.of(
        Arguments.of("PUT", "/roles", user),
        Arguments.of("POST", "/deactivate", null),
        Arguments.of("DELETE", "", null));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void takesNoOrdersFromFormerAdministrators(String method, String path, @Nullable Object body) {
    Map<String, Object> roles = Map.of("roles", List.of("admin", "user"));
    Tokens admin = TestAccount.admin();
    TestAccount former = TestAccount.register();
    String self = USERS + former.userId();
    String other = USERS + TestAccount.register().userId();
    assertThat(status(admin, "PUT", self + "/roles", roles)).isEqualTo(200);
    Tokens old = former.login();
    assertThat(status(old, "PATCH", other, Map.of("display_name", "First"))).isEqualTo(200);

    assertThat(status(admin, method, self + path, body)).isLessThan(300);

    for (String account : List.of(self, other)) {
      assertThat(status(old, "PUT", account + "/roles", roles)).isEqualTo(403);
      assertThat(status(old, "POST", account + "/activate", null)).isEqualTo(403);
      assertThat(status(old, "POST", account + "/restore", null)).isEqualTo(403);
      assertThat(status(old, "POST", account + "/deactivate", null)).isEqualTo(403);
    }
    assertThat(status(old, "PATCH", other, Map.of("display_name", "Second"))).isEqualTo(403);
    assertThat(status(old, "DELETE", other, null)).isEqualTo(403);
    admin
        .given()
        .get(other)
        .then()
        .body("display_name", equalTo("First"))
        .body("is_active", equalTo(true))
        .body("deleted_at", nullValue());
  }

  @Test
  void letsNobodyChangeAnythingWithTheTokenOfADeactivatedAccount() {
    TestAccount account = TestAccount.register();
    Tokens tokens = account.login();
    String self = USERS + account.userId();
    String export = tokens.given().post(self + "/export").path("export_id");
    assertThat(status(TestAccount.admin(), "POST", self + "/deactivate", null)).isEqualTo(200);

    assertThat(status(tokens, "PATCH", self, Map.of("display_name", "New"))).isEqualTo(401);
    assertThat(status(tokens, "DELETE", self, null)).isEqualTo(401);
    assertThat(status(tokens, "POST", self + "/export", null)).isEqualTo(401);
    assertThat(status(tokens, "POST", self + "/erasure", null)).isEqualTo(401);
    assertThat(status(tokens, "GET", "/api/v1/exports/" + export, null)).isEqualTo(401);

    TestAccount.admin()
        .given()
        .get(self)
        .then()
        .body("display_name", equalTo("Name of " + account.username()))
        .body("deleted_at", nullValue());
  }

  @Test
  void keepsTheLastAdministrator() {
    Tokens admin = TestAccount.admin();
    String self = admin.given().get("/api/v1/auth/me").jsonPath().getString("user_id");
    demoteOtherAdmins(admin, self);

    admin
        .given(Map.of("roles", List.of("user")))
        .put(USERS + self + "/roles")
        .then()
        .statusCode(409)
        .body("code", equalTo("last-admin"));
    admin.given().post(USERS + self + "/deactivate").then().statusCode(409);
    admin.given().delete(USERS + self).then().statusCode(409);
    admin.given().get("/api/v1/auth/me").then().statusCode(200);
  }

  private static void demoteOtherAdmins(Tokens admin, String self) {
    List<Map<String, Object>> all =
        admin.given().get("/api/v1/users?limit=200").jsonPath().getList("items");
    for (Map<String, Object> user : all) {
      String id = String.valueOf(user.get("user_id"));
      if (!id.equals(self) && String.valueOf(user.get("roles")).contains("admin")) {
        admin
            .given(Map.of("roles", List.of("user")))
            .put(USERS + id + "/roles")
            .then()
            .statusCode(200);
      }
    }
  }

  @Test
  void deletesSoftlyAndRestores() {
    TestAccount account = TestAccount.register();
    Tokens admin = TestAccount.admin();
    account.login().given().delete(USERS + account.userId()).then().statusCode(204);

    TestAccount.tryLogin(account.username(), TestAccount.PASSWORD, null).then().statusCode(401);
    TestAccount.register(account.username(), "x@example.org", TestAccount.PASSWORD, null)
        .then()
        .statusCode(409);
    admin
        .given()
        .get(USERS + account.userId())
        .then()
        .statusCode(200)
        .body("deleted_at", notNullValue());
    admin.given().get("/api/v1/users?query=" + account.username()).then().body("total", equalTo(0));
    admin.given().delete(USERS + account.userId()).then().statusCode(404);
    admin.given().post(USERS + account.userId() + "/restore").then().statusCode(200);

    account.login().given().get("/api/v1/auth/me").then().statusCode(200);
  }

  @Test
  void listsInPagesByText() {
    TestAccount account = TestAccount.register();
    Tokens admin = TestAccount.admin();

    admin
        .given()
        .get("/api/v1/users?limit=1&offset=0&query=" + account.email().substring(0, 20))
        .then()
        .statusCode(200)
        .body("items.user_id", equalTo(List.of(account.userId())))
        .body("total", equalTo(1))
        .body("limit", equalTo(1))
        .body("offset", equalTo(0));
    admin
        .given()
        .get("/api/v1/users?limit=1&offset=5&query=" + account.username())
        .then()
        .body("items", equalTo(List.of()))
        .body("total", equalTo(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/users?limit=0",
        "/api/v1/users?limit=201",
        "/api/v1/users?offset=-1",
        "/api/v1/users?query=%00",
        "/api/v1/audit/auth-events?limit=0",
        "/api/v1/audit/auth-events?cursor=nonsense",
        "/api/v1/audit/auth-events?event_type=nonsense",
        "/api/v1/audit/auth-events?user_id=%00"
      })
  void refusesBadQueries(String path) {
    TestAccount.admin()
        .given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(400)
        .body("code", equalTo("validation-failed"));
  }

  @Test
  void refusesNulInPaths() {
    TestAccount.admin()
        .given()
        .urlEncodingEnabled(false)
        .get(USERS + "%00")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("unstorable-text"));
  }

  @Test
  void pagesThroughTheAuditNewestFirst() {
    TestAccount account = TestAccount.register();
    TestAccount.tryLogin(account.username(), "wrong-password-of-mine", null);
    account.login();
    Tokens admin = TestAccount.admin();
    String events = "/api/v1/audit/auth-events?user_id=" + account.userId();

    var first = admin.given().get(events + "&limit=2");
    first
        .then()
        .statusCode(200)
        .body("items.event_type", equalTo(List.of("login_succeeded", "login_failed")))
        .body("items[1].detail", equalTo("wrong_password"))
        .body("items[1].address", equalTo("127.0.0.1"));

    admin
        .given()
        .get(events + "&limit=2&cursor=" + first.jsonPath().getString("next_cursor"))
        .then()
        .body("items.event_type", equalTo(List.of("registered")))
        .body("next_cursor", nullValue());
    admin
        .given()
        .get(events + "&event_type=login_failed")
        .then()
        .body("items.event_type", equalTo(List.of("login_failed")));
  }

  private static int status(
      @Nullable Tokens tokens, String method, String path, @Nullable Object body) {
    var request = tokens == null ? given() : tokens.given();
    if (body != null) {
      request = request.contentType("application/json").body(body);
    }
    return request.request(Method.valueOf(method), path).statusCode();
  }
}
