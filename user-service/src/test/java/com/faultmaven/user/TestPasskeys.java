package com.faultmaven.user;

import static io.restassured.RestAssured.given;

import com.faultmaven.user.TestAccount.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Passkeys that a test adds and uses over HTTP. */
public final class TestPasskeys {
  private static final String PASSKEYS = "/api/v1/auth/passkeys";

  private TestPasskeys() {}

  /** Adds one to an account. */
  public static EmulatedAuthenticator add(Tokens tokens) {
    EmulatedAuthenticator authenticator = EmulatedAuthenticator.es256();
    finish(tokens, authenticator.create(begin(tokens))).then().statusCode(201);
    return authenticator;
  }

  /** What a browser needs to make one. */
  public static JsonObject begin(Tokens tokens) {
    Response answer =
        tokens
            .given(Map.of("password", TestAccount.PASSWORD))
            .post(PASSKEYS + "/registration-options");
    answer.then().statusCode(200);
    return new JsonObject(answer.asString());
  }

  /** The answer to what the browser has made. */
  public static Response finish(Tokens tokens, JsonObject credential) {
    return tokens
        .given(new JsonObject().put("name", "Key").put("credential", credential).encode())
        .post(PASSKEYS);
  }

  /** The answer to a sign-in. */
  public static Response signIn(EmulatedAuthenticator authenticator) {
    Response options = given().post(PASSKEYS + "/login-options");
    JsonObject assertion = authenticator.get(new JsonObject(options.asString()));
    return given()
        .contentType(ContentType.JSON)
        .body(new JsonObject().put("credential", assertion).encode())
        .post(PASSKEYS + "/login");
  }
}
