package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.OpenIdProviderResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
@WithTestResource(OpenIdProviderResource.class)
@TestProfile(SsoLimitTest.FewStarts.class)
class SsoLimitTest {
  /** Three starts in a minute. */
  public static final class FewStarts implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("faultmaven.sso.starts-per-minute", "3");
    }
  }

  @Test
  void boundsWhatIsStoredOfLogInsThatNobodyFinishes() {
    for (int i = 0; i < 3; i++) {
      start("192.0.2." + i).then().statusCode(302);
    }

    start("192.0.2.9")
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .header("RateLimit-Limit", "3")
        .body("code", equalTo("too-many-attempts"));
  }

  private static Response start(String address) {
    return given()
        .header("X-Forwarded-For", address)
        .redirects()
        .follow(false)
        .get("/api/v1/auth/sso/acme/authorize");
  }
}
