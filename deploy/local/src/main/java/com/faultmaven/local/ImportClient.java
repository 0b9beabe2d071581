package com.faultmaven.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.local.process.ComponentException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks case-service for an import, as an administrator. */
final class ImportClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String RUNS = "/api/v1/admin/jobs/redis-import/runs/";
  private static final int UNAUTHORIZED = 401;
  private static final int PAGE = 200;

  private final URI service;
  private final TokenSource tokens;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private @Nullable String token;

  /** Where valid access tokens come from. */
  @FunctionalInterface
  interface TokenSource {
    String next() throws IOException, InterruptedException;
  }

  /** A run as the service tells it. */
  record Run(JsonNode json) {
    String id() {
      return json.path("run_id").asText();
    }

    boolean ended() {
      return !json.path("ended_at").isNull();
    }

    boolean succeeded() {
      return json.path("outcome").asText().equals("succeeded");
    }

    long count(String name) {
      return json.path("counts").path(name).asLong();
    }

    /** Whether it keeps nothing: such a run counts under another name. */
    boolean dry() {
      return json.path("counts").has("importable");
    }

    String progress() {
      return "read %d, %s %d, already there %d, refused %d"
          .formatted(
              count("read"),
              dry() ? "importable" : "imported",
              count(dry() ? "importable" : "imported"),
              count("already_there"),
              count("refused"));
    }
  }

  /** A client of the service at this address, without a slash at its end. */
  ImportClient(URI service, TokenSource tokens) {
    this.service = service;
    this.tokens = tokens;
  }

  /** An access token for a name and a password. */
  static String logIn(URI gateway, String name, String password)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      String body = JSON.writeValueAsString(Map.of("username", name, "password", password));
      HttpRequest request =
          HttpRequest.newBuilder(gateway.resolve("/api/v1/auth/login"))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .build();
      return checked(http.send(request, BodyHandlers.ofString())).path("access_token").asText();
    }
  }

  /** Starts an import. */
  Run start(Map<String, Object> body) throws IOException, InterruptedException {
    return new Run(send("POST", "/api/v1/internal/imports/redis", JSON.writeValueAsString(body)));
  }

  /** How far a run is. */
  Run look(String runId) throws IOException, InterruptedException {
    return new Run(send("GET", RUNS + runId, null));
  }

  /** What a run has refused, in its order: key, field and reason. */
  List<JsonNode> refusals(String runId) throws IOException, InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    long after = 0;
    JsonNode page;
    do {
      page =
          send(
                  "GET",
                  "/api/v1/internal/imports/%s/refusals?after=%d&limit=%d"
                      .formatted(runId, after, PAGE),
                  null)
              .path("items");
      for (JsonNode line : page) {
        all.add(line);
        after = line.path("position").asLong();
      }
    } while (page.size() == PAGE);
    return all;
  }

  private JsonNode send(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = once(method, path, body);
    if (answer.statusCode() == UNAUTHORIZED) {
      token = null;
      answer = once(method, path, body);
    }
    return checked(answer);
  }

  private HttpResponse<String> once(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    String current = token == null ? tokens.next() : token;
    token = current;
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + current)
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode checked(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() / 100 == 2) {
      return JSON.readTree(answer.body());
    }
    throw new ComponentException(
        "%s answers %d: %s"
            .formatted(answer.uri().getPath(), answer.statusCode(), reason(answer.body())));
  }

  /** The words of a problem document, with those of its fields. */
  private static String reason(String body) throws IOException {
    if (!body.stripLeading().startsWith("{")) {
      return "no reason is given";
    }
    JsonNode problem = JSON.readTree(body);
    StringBuilder words = new StringBuilder(problem.path("detail").asText());
    for (JsonNode error : problem.path("errors")) {
      words.append(' ').append(error.path("field").asText());
      words.append(' ').append(error.path("message").asText()).append('.');
    }
    return words.toString();
  }

  @Override
  public void close() {
    http.close();
  }
}
