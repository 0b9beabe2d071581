package com.faultmaven.common.security;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A service that has never seen a key because user-service is away. */
@QuarkusTest
@WithTestResource(ServersResource.class)
@TestProfile(KeysAwayTest.NobodyListens.class)
class KeysAwayTest {
  /** Port 1 of this machine refuses connections. */
  public static final class NobodyListens implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.oidc.auth-server-url", "http://127.0.0.1:1");
    }
  }

  @Test
  void saysThatTheTokenCannotBeCheckedAndNotThatItIsBad() {
    given()
        .auth()
        .oauth2(TestTokens.bearer(Ids.next()))
        .get("/api/v1/notes")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("code", equalTo("token-keys-unavailable"));
  }

  @Test
  void asksForATokenWhenThereIsNone() {
    given().get("/api/v1/notes").then().statusCode(401).body("code", equalTo("unauthorized"));
  }

  @Test
  void servesWhatNeedsNoToken() {
    given().get("/q/health/live").then().statusCode(200);
  }
}
