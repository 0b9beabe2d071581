package com.faultmaven.user;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.id.Ids;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A browser that signs in at a provider, step by step.
 *
 * @param provider where
 * @param cookie what it was given at the start
 * @param location where it was sent
 */
public record SsoBrowser(String provider, String cookie, URI location) {
  /** Name of the cookie. */
  public static final String COOKIE = "faultmaven_sso";

  /** Begins. */
  public static SsoBrowser start(String provider, @Nullable String clientId) {
    RequestSpecification request = given().redirects().follow(false);
    if (clientId != null) {
      request.queryParam("client_id", clientId);
    }
    Response answer = request.get("/api/v1/auth/sso/" + provider + "/authorize");
    answer.then().statusCode(302);
    return new SsoBrowser(provider, answer.cookie(COOKIE), URI.create(answer.header("Location")));
  }

  /** Whom the provider signs in: claims of an ID token. */
  public static JsonObject person(String email) {
    return new JsonObject()
        .put("sub", "sub-" + Ids.next())
        .put("email", email)
        .put("email_verified", true)
        .put("name", "Ada Lovelace");
  }

  /** An address that nobody has. */
  public static String newEmail() {
    return "p" + Ids.next().replace("-", "").substring(8) + "@example.org";
  }

  /** Signs in from the beginning to the end. */
  public static Response signIn(String provider, JsonObject claims) {
    return signIn(provider, claims, new JsonObject());
  }

  /** As {@link #signIn(String, JsonObject)}, at a provider that misbehaves. */
  public static Response signIn(String provider, JsonObject claims, JsonObject behaviour) {
    SsoBrowser browser = start(provider, null);
    return browser.comeBack(browser.signInThere(claims, behaviour));
  }

  /** Signs in at the provider; the parameters with which it sends the browser back. */
  public Map<String, String> signInThere(JsonObject claims, JsonObject behaviour) {
    String as = behaviour.copy().put("claims", claims).encode();
    Response answer =
        given()
            .redirects()
            .follow(false)
            .urlEncodingEnabled(false)
            .get(
                location
                    + "&as="
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(as.getBytes(UTF_8)));
    answer.then().statusCode(302);
    return parameters(URI.create(answer.header("Location")).getRawQuery());
  }

  /** Comes back with the cookie. */
  public Response comeBack(Map<String, String> parameters) {
    return comeBack(provider, parameters, cookie);
  }

  /** Comes back. */
  public static Response comeBack(
      String provider, Map<String, String> parameters, @Nullable String cookie) {
    RequestSpecification request = given().queryParams(parameters);
    if (cookie != null) {
      request.cookie(COOKIE, cookie);
    }
    return request.get("/api/v1/auth/sso/" + provider + "/callback");
  }

  /** A parameter that the provider was sent. */
  public String parameter(String name) {
    return String.valueOf(parameters(location.getRawQuery()).get(name));
  }

  private static Map<String, String> parameters(String query) {
    return Arrays.stream(query.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }
}
