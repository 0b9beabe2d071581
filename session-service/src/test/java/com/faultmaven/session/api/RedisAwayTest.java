package com.faultmaven.session.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(RedisAwayTest.NoRedis.class)
@WithTestResource(ServersResource.class)
class RedisAwayTest {
  /** Nobody listens on port 1. */
  public static final class NoRedis implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.redis.hosts", "redis://127.0.0.1:1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /api/v1/sessions              | ",
        "POST   | /api/v1/sessions              | {\"client_id\": \"desk\"}",
        "GET    | /api/v1/sessions/x            | ",
        "PATCH  | /api/v1/sessions/x            | {\"ttl\": 60}",
        "DELETE | /api/v1/sessions/x            | ",
        "POST   | /api/v1/sessions/x/heartbeat  | ",
        "POST   | /api/v1/sessions/x/uploads    | {\"file_id\": \"f\"}",
        "POST   | /api/v1/sessions/x/cases      | {\"case_id\": \"c\"}"
      })
  void answers503(String method, String path, @org.jspecify.annotations.Nullable String body) {
    var request = given().auth().oauth2(TestTokens.bearer("u")).contentType(ContentType.JSON);
    if (body != null) {
      request.body(body);
    }
    request
        .request(method, path)
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("code", equalTo("store-unavailable"));
  }
}
