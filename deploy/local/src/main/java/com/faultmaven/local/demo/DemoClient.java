package com.faultmaven.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API, as a client with patience uses it: while a service restarts, a request is sent again,
 * with the same idempotency key, for up to a minute.
 */
final class DemoClient {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  /** A service is away, or too busy for the moment. */
  private static final Set<Integer> AWAY = Set.of(429, 502, 503, 504);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, String> headers = new TreeMap<>();
  private final URI address;
  private final Consumer<String> notes;

  /**
   * A client of that gateway.
   *
   * @param notes is told, in a line, when a request has to be repeated
   */
  DemoClient(URI address, Consumer<String> notes) {
    this.address = address;
    this.notes = notes;
  }

  /**
   * An answer.
   *
   * @param request what was asked, for messages
   * @param status HTTP status
   * @param body body as it came
   * @param json body as JSON, a missing node when it is none
   * @param attempts how often it was asked
   */
  record Answer(String request, int status, String body, JsonNode json, int attempts) {
    /**
     * The answer, if its status is that one.
     *
     * @throws DemoFailure when it is another
     */
    Answer expect(int wanted) {
      if (status != wanted) {
        throw DemoFailure.of(request, "status " + wanted, status, body);
      }
      return this;
    }

    /**
     * The text of a field.
     *
     * @throws DemoFailure when there is no such field
     */
    String text(String field) {
      JsonNode value = json.path(field);
      if (!value.isValueNode() || value.isNull()) {
        throw unexpected("a field '" + field + "'");
      }
      return value.asText();
    }

    DemoFailure unexpected(String expected) {
      return DemoFailure.of(request, expected, status, body);
    }
  }

  /** Sends a header with every request from now on. */
  void send(String header, String value) {
    headers.put(header, value);
  }

  Answer get(String path) throws InterruptedException {
    return exchange("GET", path, List.of(), BodyPublishers.noBody());
  }

  /** A POST that creates: repeated with one idempotency key. */
  Answer create(String path, Object body) throws InterruptedException {
    List<String> with =
        List.of(
            "Content-Type", "application/json", "Idempotency-Key", UUID.randomUUID().toString());
    return exchange("POST", path, with, publisher(body));
  }

  Answer post(String path, Object body) throws InterruptedException {
    return exchange("POST", path, List.of("Content-Type", "application/json"), publisher(body));
  }

  Answer patch(String path, Object body) throws InterruptedException {
    return exchange("PATCH", path, List.of("Content-Type", "application/json"), publisher(body));
  }

  /** Uploads a file as a form with the fields before it. */
  Answer upload(String path, Path file, Map<String, String> fields)
      throws IOException, InterruptedException {
    String boundary = "faultmaven-" + UUID.randomUUID();
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (name, value) ->
            head.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                    .formatted(boundary, name, value)));
    String filename = String.valueOf(file.getFileName()).replace("\"", "%22");
    head.append(
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
            .formatted(boundary, filename));
    head.append("Content-Type: application/octet-stream\r\n\r\n");
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head.toString()),
            BodyPublishers.ofByteArray(Files.readAllBytes(file)),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    List<String> with =
        List.of(
            "Content-Type",
            "multipart/form-data; boundary=" + boundary,
            "Idempotency-Key",
            UUID.randomUUID().toString());
    return exchange("POST", path, with, body);
  }

  private BodyPublisher publisher(Object body) {
    try {
      return BodyPublishers.ofString(json.writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  // --- patience ---------------------------------------------------------------------------------

  private Answer exchange(String method, String path, List<String> with, BodyPublisher body)
      throws InterruptedException {
    URI uri = address.resolve(path);
    HttpRequest request = request(method, uri, with, body);
    String shown = method + " " + uri;
    long start = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      Attempt result = attempt(request);
      boolean patient = System.nanoTime() - start < PATIENCE.toNanos();
      if (!result.away() || !patient) {
        if (attempt > 1 && !result.away()) {
          notes.accept("answered after %.1f s".formatted((System.nanoTime() - start) / 1e9));
        }
        return result.answer(shown, attempt, json);
      }
      if (attempt == 1) {
        notes.accept(
            "%s: %s; trying again for up to %d s"
                .formatted(method + " " + path, result.reason(), PATIENCE.toSeconds()));
      }
      Thread.sleep(pause);
      pause =
          pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
              ? pause.multipliedBy(2)
              : LONGEST_PAUSE;
    }
  }

  private HttpRequest request(String method, URI uri, List<String> with, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(ANSWER_TIMEOUT).method(method, body);
    headers.forEach(request::header);
    request.header("Accept", "application/json, application/problem+json");
    if (!with.isEmpty()) {
      request.headers(with.toArray(String[]::new));
    }
    return request.build();
  }

  private Attempt attempt(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return new Attempt(response, null);
    } catch (IOException e) {
      return new Attempt(null, e);
    }
  }

  /** Waits a moment before something is looked at again. */
  static void pause() throws InterruptedException {
    Thread.sleep(FIRST_PAUSE);
  }

  /** One try: a response, or why there is none. */
  private record Attempt(@Nullable HttpResponse<String> response, @Nullable IOException failure) {
    boolean away() {
      return response == null || AWAY.contains(response.statusCode());
    }

    String reason() {
      return response == null ? String.valueOf(failure) : "status " + response.statusCode();
    }

    Answer answer(String shown, int attempts, ObjectMapper json) {
      if (response == null) {
        throw new DemoFailure(
            "request   %s%nfailed    %s, for %d s".formatted(shown, failure, PATIENCE.toSeconds()),
            failure == null ? new IOException("no response") : failure);
      }
      return new Answer(
          shown, response.statusCode(), response.body(), parsed(json, response.body()), attempts);
    }

    private static JsonNode parsed(ObjectMapper json, String body) {
      try {
        JsonNode parsed = json.readTree(body);
        return parsed == null ? json.missingNode() : parsed;
      } catch (JsonProcessingException e) {
        return json.missingNode(); // the caller that wants a field will show the body
      }
    }
  }
}
