package com.faultmaven.local.demo;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** The account of the demonstration, its tokens and its session. */
final class AccountSteps {
  private static final String CLIENT = "faultmaven-demo";

  private final DemoRun run;
  private final DemoClient client;
  private String refreshToken = "";

  AccountSteps(DemoRun run) {
    this.run = run;
    this.client = run.client();
  }

  void register() throws Exception {
    run.narration()
        .step(
            "Register an account",
            () -> {
              String username = "demo-" + randomHex(5);
              String password = "pw-" + randomHex(12);
              DemoClient.Answer answer =
                  client
                      .create(
                          "/api/v1/auth/register",
                          Map.of(
                              "username",
                              username,
                              "email",
                              username + "@demo.example",
                              "password",
                              password,
                              "display_name",
                              "Demo of FaultMaven"))
                      .expect(201);
              run.account(new DemoReport.Account(answer.text("user_id"), username, password));
              return username + " is registered, with a password made for this run";
            });
  }

  void logIn() throws Exception {
    run.narration()
        .step(
            "Log in",
            () -> {
              DemoClient.Answer answer =
                  client
                      .post(
                          "/api/v1/auth/login",
                          Map.of(
                              "username", run.account().username(),
                              "password", run.account().password()))
                      .expect(200);
              refreshToken = answer.text("refresh_token");
              client.send("Authorization", "Bearer " + answer.text("access_token"));
              return "an access token for %d minutes, and a refresh token"
                  .formatted(answer.json().path("expires_in").asLong() / 60);
            });
  }

  void openSession() throws Exception {
    run.narration()
        .step(
            "Open a session",
            () -> {
              DemoClient.Answer answer =
                  client.post("/api/v1/sessions", Map.of("client_id", CLIENT));
              // 200 when a repeated request finds the session that the first one has opened.
              answer.expect(answer.attempts() > 1 && answer.status() == 200 ? 200 : 201);
              run.sessionId(answer.text("session_id"));
              client.send("X-Session-Id", run.sessionId());
              return "session %s lives for %d minutes without activity"
                  .formatted(run.sessionId(), answer.json().path("expires_in").asLong() / 60);
            });
  }

  void logOut() throws Exception {
    run.narration()
        .step(
            "Log out",
            () -> {
              DemoClient.Answer answer =
                  client.post(
                      "/api/v1/auth/logout",
                      Map.of("refresh_token", refreshToken, "session_id", run.sessionId()));
              answer.expect(answer.attempts() > 1 && answer.status() == 401 ? 401 : 204);
              client
                  .post("/api/v1/auth/refresh", Map.of("refresh_token", refreshToken))
                  .expect(401);
              return "the session has ended, and the refresh token is refused from now on";
            });
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
