package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class ServiceTokenTest {
  @Test
  void givesATokenInTheRoleServiceAlone() {
    Response answer = ask(NeighboursResource.SERVICE, NeighboursResource.SERVICE_SECRET);

    answer
        .then()
        .statusCode(200)
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo(900));
    String token = answer.path("access_token");
    JsonObject claims =
        new JsonObject(
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
    assertThat(claims.getString("sub")).isEqualTo(NeighboursResource.SERVICE);
    assertThat(claims.getJsonArray("groups").encode()).isEqualTo("[\"service\"]");
    given().auth().oauth2(token).get("/api/v1/users").then().statusCode(403);
    given().auth().oauth2(token).get("/api/v1/auth/me").then().statusCode(401);
    TestAccount.admin()
        .given()
        .get("/api/v1/audit/auth-events?event_type=service_token_issued")
        .then()
        .body("items.actor_id", hasItem(NeighboursResource.SERVICE));
  }

  @ParameterizedTest
  @CsvSource({"case-service, wrong", "nobody, only-for-tests-only-for-tests-0123456789"})
  void refusesOthersAlike(String client, String secret) {
    ask(client, secret)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("code", equalTo("invalid-client"));
  }

  private static Response ask(String client, String secret) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("client_id", client, "client_secret", secret))
        .post("/api/v1/auth/service-token");
  }
}
