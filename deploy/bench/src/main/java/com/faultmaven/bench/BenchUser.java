package com.faultmaven.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An account of user-service.
 *
 * @param name what it logs in with
 */
record BenchUser(String name, String userId) {
  private static final String PASSWORD = "A long bench password";

  /** Registers so many, named after the run. */
  static List<BenchUser> register(Client anybody, String run, int count)
      throws IOException, InterruptedException {
    List<BenchUser> users = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String name = run + "-" + i;
      anybody.send(
          "POST",
          "/api/v1/auth/register",
          """
          {"username": "%1$s", "email": "%1$s@example.com", "password": "%2$s",
           "display_name": "Bench user"}
          """
              .formatted(name, PASSWORD));
      users.add(new BenchUser(name, login(anybody, name).path("user").path("user_id").asText()));
    }
    return users;
  }

  /** Logs in; gives an access token, which lives for a quarter of an hour. */
  String token(Client anybody) throws IOException, InterruptedException {
    return login(anybody, name).path("access_token").asText();
  }

  private static JsonNode login(Client anybody, String name)
      throws IOException, InterruptedException {
    return anybody.json(
        "POST",
        "/api/v1/auth/login",
        "{\"username\": \"%s\", \"password\": \"%s\"}".formatted(name, PASSWORD));
  }
}
