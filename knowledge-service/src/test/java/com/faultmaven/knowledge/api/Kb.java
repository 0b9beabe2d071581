package com.faultmaven.knowledge.api;

import static io.restassured.RestAssured.given;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.TestTokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Calls in the name of one user. */
public final class Kb {
  private final String userId;
  private final String token;
  private final String path;

  private Kb(String userId, String path, String... roles) {
    this.userId = userId;
    this.path = path;
    token = TestTokens.bearer(userId, roles);
  }

  /** A new user and their own knowledge base. */
  public static Kb ofNewUser() {
    String id = Ids.next();
    return new Kb(id, "/api/v1/users/" + id + "/kb");
  }

  /** A user in roles, at the same knowledge base as this one. */
  public Kb as(String... roles) {
    return new Kb(Ids.next(), path, roles);
  }

  /** The global knowledge base, in roles. */
  public static Kb global(String... roles) {
    return new Kb(Ids.next(), "/api/v1/kb/global", roles);
  }

  public String userId() {
    return userId;
  }

  public String path() {
    return path;
  }

  public RequestSpecification call() {
    return given().auth().oauth2(token).contentType("application/json");
  }

  public ValidatableResponse add(Map<String, ?> document) {
    return call().body(document).post(path + "/documents?wait=true").then();
  }

  public ValidatableResponse search(String query, int k) {
    return call().body(Map.of("query", query, "k", k)).post(path + "/search").then();
  }

  public ValidatableResponse ask(String question) {
    return call().body(Map.of("question", question)).post(path + "/ask").then();
  }
}
