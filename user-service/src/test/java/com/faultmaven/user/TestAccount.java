package com.faultmaven.user;

import static io.restassured.RestAssured.given;

import com.faultmaven.common.id.Ids;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account that a test has registered over HTTP.
 *
 * @param userId id
 * @param username name
 * @param email address
 */
public record TestAccount(String userId, String username, String email) {
  /** Password of every such account. */
  public static final String PASSWORD = "violet-tractor-41-sleeps";

  /** A new account with the role user. */
  public static TestAccount register() {
    String name = "u" + Ids.next().replace("-", "").substring(8);
    Response answer = register(name, name + "@example.org", PASSWORD, null);
    answer.then().statusCode(201);
    return new TestAccount(answer.jsonPath().getString("user_id"), name, name + "@example.org");
  }

  /** The answer to a registration. */
  public static Response register(
      String username, String email, String password, @Nullable String key) {
    RequestSpecification request = given().contentType(ContentType.JSON);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return request
        .body(
            Map.of(
                "username", username,
                "email", email,
                "password", password,
                "display_name", "Name of " + username))
        .post("/api/v1/auth/register");
  }

  /** Logs in without a client. */
  public Tokens login() {
    return login(username, PASSWORD, null);
  }

  /** Logs in with a client. */
  public Tokens login(String clientId) {
    return login(username, PASSWORD, clientId);
  }

  /** Tokens of the first administrator. */
  public static Tokens admin() {
    return login(NeighboursResource.ADMIN, NeighboursResource.ADMIN_PASSWORD, null);
  }

  /** The answer to a log-in. */
  public static Response tryLogin(String login, String password, @Nullable String clientId) {
    Map<String, String> body = new HashMap<>();
    body.put(login.contains("@") ? "email" : "username", login);
    body.put("password", password);
    if (clientId != null) {
      body.put("client_id", clientId);
    }
    return given().contentType(ContentType.JSON).body(body).post("/api/v1/auth/login");
  }

  /** The answer to an exchange of a refresh token. */
  public static Response refresh(String refreshToken) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("refresh_token", refreshToken))
        .post("/api/v1/auth/refresh");
  }

  private static Tokens login(String login, String password, @Nullable String clientId) {
    Response answer = tryLogin(login, password, clientId);
    answer.then().statusCode(200);
    return Tokens.of(answer);
  }

  /**
   * Tokens that an answer holds.
   *
   * @param access access token
   * @param refresh refresh token
   * @param session session id, null when there is none
   */
  public record Tokens(String access, String refresh, @Nullable String session) {
    /** Reads them. */
    public static Tokens of(Response answer) {
      return new Tokens(
          answer.jsonPath().getString("access_token"),
          answer.jsonPath().getString("refresh_token"),
          answer.jsonPath().getString("session_id"));
    }

    /** A request with the access token. */
    public RequestSpecification given() {
      return io.restassured.RestAssured.given().auth().oauth2(access);
    }

    /** A request with the access token and a JSON body. */
    public RequestSpecification given(Object body) {
      return given().contentType(ContentType.JSON).body(body);
    }
  }
}
