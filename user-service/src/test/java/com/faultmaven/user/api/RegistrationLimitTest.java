package com.faultmaven.user.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import com.faultmaven.user.TestAccount;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
@TestProfile(RegistrationLimitTest.FewRegistrations.class)
class RegistrationLimitTest {
  /** Three registrations from one address in a minute. */
  public static final class FewRegistrations implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("faultmaven.registration.per-address-per-minute", "3");
    }
  }

  @Test
  void refusesMoreFromOneAddressAndSaysHowLong() {
    for (int i = 0; i < 3; i++) {
      register("192.0.2.1").then().statusCode(201);
    }

    Response refused = register("192.0.2.1");

    refused
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .body("code", equalTo("too-many-attempts"))
        .header("RateLimit-Limit", "3")
        .header("RateLimit-Remaining", "0");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 20);
    assertThat(refused.header("RateLimit-Reset")).isEqualTo(refused.header("Retry-After"));
    register("192.0.2.2").then().statusCode(201);
  }

  private static Response register(String address) {
    String name = "u" + Ids.next().replace("-", "").substring(8);
    return given()
        .header("X-Forwarded-For", address)
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "username", name, "email", name + "@example.org", "password", TestAccount.PASSWORD))
        .post("/api/v1/auth/register");
  }
}
