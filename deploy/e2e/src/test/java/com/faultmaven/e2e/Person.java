package com.faultmaven.e2e;

import java.net.URI;
import java.util.UUID;

/** Somebody with an account who is logged in. */
record Person(String userId, String username, String password, String token, String refreshToken) {
  /** Registers somebody new and logs in. */
  static Person register(URI gateway) {
    String name = "p" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    String password = "Long enough " + name;
    new Api(gateway, null)
        .post(
            "/api/v1/auth/register",
            """
            {"username": "%1$s", "email": "%1$s@example.com", "password": "%2$s",
             "display_name": "Person of a test"}
            """
                .formatted(name, password))
        .expect(201);
    return logIn(gateway, name, password);
  }

  /** Logs in. */
  static Person logIn(URI gateway, String name, String password) {
    Api.Answer answer =
        new Api(gateway, null)
            .post(
                "/api/v1/auth/login",
                """
                {"username": "%s", "password": "%s"}
                """
                    .formatted(name, password))
            .expect(200);
    return new Person(
        answer.body().path("user").path("user_id").asText(),
        name,
        password,
        answer.text("access_token"),
        answer.text("refresh_token"));
  }
}
