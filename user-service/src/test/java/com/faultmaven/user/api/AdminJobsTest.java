package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import com.faultmaven.user.TestAccount.Tokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class AdminJobsTest {
  private static final String JOBS = "/api/v1/admin/jobs";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Pool pool;

  @ParameterizedTest
  @CsvSource({
    "GET,  '',                     200",
    "POST, /signing-keys,          200",
    "GET,  /signing-keys/runs,     200",
    "GET,  /signing-keys/runs/x,   404",
    "POST, /no-such-job,           404",
    "GET,  /no-such-job/runs,      404",
    "GET,  /no-such-job/runs/x,    404",
    "GET,  /signing-keys/runs?limit=0,   400",
    "GET,  /signing-keys/runs?limit=201, 400",
  })
  void letsAdminsAloneIn(Method method, String path, int admin) {
    given()
        .request(method, JOBS + path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
    Tokens analyst = analyst();
    analyst.given().request(method, JOBS + path).then().statusCode(403);
    TestAccount.register().login().given().request(method, JOBS + path).then().statusCode(403);
    TestAccount.admin().given().request(method, JOBS + path).then().statusCode(admin);
  }

  private static Tokens analyst() {
    TestAccount account = TestAccount.register();
    setRoles(account, "user", "analyst");
    return account.login();
  }

  private static void setRoles(TestAccount account, String... roles) {
    TestAccount.admin()
        .given(Map.of("roles", List.of(roles)))
        .put("/api/v1/users/" + account.userId() + "/roles")
        .then()
        .statusCode(200);
  }

  @Test
  void takesNoOrdersFromFormerAdministrators() {
    TestAccount former = TestAccount.register();
    setRoles(former, "user", "admin");
    Tokens old = former.login();
    old.given().post(JOBS + "/expired-tokens").then().statusCode(200);

    setRoles(former, "user");

    old.given()
        .post(JOBS + "/expired-tokens")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  @Test
  void runsAJobAndTellsWhatItDid() {
    Tokens admin = TestAccount.admin();
    String self = admin.given().get("/api/v1/auth/me").jsonPath().getString("user_id");

    Response run = admin.given().post(JOBS + "/signing-keys");

    run.then()
        .statusCode(200)
        .body("job", equalTo("signing-keys"))
        .body("trigger", equalTo("hand"))
        .body("requested_by", equalTo(self))
        .body("outcome", equalTo("succeeded"))
        .body("counts.published", notNullValue())
        .body("ended_at", endsWith("Z"))
        .body("error", nullValue());
    String id = run.jsonPath().getString("run_id");
    admin
        .given()
        .get(JOBS + "/signing-keys/runs?limit=1")
        .then()
        .body("items.run_id", equalTo(List.of(id)));
    admin
        .given()
        .get("/api/v1/audit/auth-events?event_type=job_run&actor_id=" + self + "&limit=1")
        .then()
        .body("items", hasSize(1))
        .body("items[0].detail", startsWith("signing-keys made=0 published="))
        .body("items[0].outcome", equalTo("success"));
  }

  @Test
  void listsTheJobsWithTheirSchedules() {
    Tokens admin = TestAccount.admin();
    admin.given().post(JOBS + "/expired-tokens").then().statusCode(200);

    admin
        .given()
        .get(JOBS)
        .then()
        .statusCode(200)
        .body(
            "items.name",
            hasItems(
                "auth-audit-retention",
                "data-access-retention",
                "expired-tokens",
                "inactive-accounts",
                "signing-keys"))
        .body("items.find { it.name == 'expired-tokens' }.schedule", equalTo("PT1H"))
        .body("items.find { it.name == 'expired-tokens' }.enabled", equalTo(true))
        .body("items.find { it.name == 'expired-tokens' }.running", equalTo(false))
        .body("items.find { it.name == 'expired-tokens' }.last_run.outcome", equalTo("succeeded"))
        .body("items.find { it.name == 'auth-audit-retention' }.schedule", equalTo("03:30"))
        .body("items.find { it.name == 'inactive-accounts' }.enabled", equalTo(false));
  }

  @Test
  void refusesAJobThatTheSettingsSwitchOff() {
    TestAccount.admin()
        .given()
        .post(JOBS + "/inactive-accounts")
        .then()
        .statusCode(409)
        .body("code", equalTo("job-disabled"));
  }

  @Test
  void answersBeforeALongRunEndsAndRunsItOnce() {
    Tokens admin = TestAccount.admin();
    SqlConnection other = got(pool.getConnection());
    Transaction block = got(other.begin());
    got(other.query("LOCK TABLE refresh_tokens IN ACCESS EXCLUSIVE MODE").execute());
    Response run = admin.given().post(JOBS + "/expired-tokens");
    run.then().statusCode(202).body("ended_at", nullValue()).body("outcome", nullValue());
    String location = run.header("Location");
    assertThat(location).endsWith("/expired-tokens/runs/" + run.jsonPath().getString("run_id"));

    admin
        .given()
        .post(JOBS + "/expired-tokens")
        .then()
        .statusCode(409)
        .body("code", equalTo("job-running"));
    admin
        .given()
        .get(JOBS)
        .then()
        .body("items.find { it.name == 'expired-tokens' }.running", equalTo(true));
    admin.given().get(location).then().statusCode(200).body("outcome", nullValue());

    got(block.rollback());
    got(other.close());
    await()
        .atMost(PATIENCE)
        .until(
            () -> "succeeded".equals(admin.given().get(location).jsonPath().getString("outcome")));
  }

  @Test
  void findsNoRunUnderAnotherJob() {
    Tokens admin = TestAccount.admin();
    String id =
        admin.given().post(JOBS + "/signing-keys").then().extract().jsonPath().getString("run_id");

    admin.given().get(JOBS + "/signing-keys/runs/" + id).then().statusCode(200);
    admin.given().get(JOBS + "/expired-tokens/runs/" + id).then().statusCode(404);
    admin.given().get(JOBS + "/signing-keys/runs/" + Ids.next()).then().statusCode(404);
  }

  private static <T> T got(Uni<T> uni) {
    return uni.await().atMost(PATIENCE);
  }
}
