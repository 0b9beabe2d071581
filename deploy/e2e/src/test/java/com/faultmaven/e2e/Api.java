package com.faultmaven.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One caller of the HTTP API: a base address and, unless anonymous, an access token. */
record Api(URI base, @Nullable String token) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An answer; the body is missing when it is empty or no JSON. */
  record Answer(int status, HttpResponse<String> http, JsonNode body) {
    /** Text of a field of the body. */
    String text(String field) {
      return body.path(field).asText();
    }

    /** The same answer, after a look at its status. */
    Answer expect(int... statuses) {
      for (int expected : statuses) {
        if (status == expected) {
          return this;
        }
      }
      throw new AssertionError(
          http.request().method() + " " + http.uri() + " answered " + status + ": " + http.body());
    }
  }

  /** The same caller at another address. */
  Api at(URI other) {
    return new Api(other, token);
  }

  /** The same address, another caller. */
  Api as(@Nullable String otherToken) {
    return new Api(base, otherToken);
  }

  Answer get(String path) {
    return send("GET", path, null);
  }

  Answer post(String path, String json) {
    return send("POST", path, json);
  }

  /** Sends a request with a JSON body, or none. */
  Answer send(String method, String path, @Nullable String json, String... headers) {
    HttpRequest.Builder request = request(path);
    if (json == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", "application/json")
          .method(method, BodyPublishers.ofString(json));
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** Uploads one file as {@code multipart/form-data}, with further fields as name, value, … */
  Answer upload(String path, String filename, byte[] content, String... fields) {
    String boundary = "e2e" + UUID.randomUUID();
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      head.append(
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(boundary, fields[i], fields[i + 1]));
    }
    head.append(
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            .formatted(boundary, filename));
    byte[] tail = ("\r\n--" + boundary + "--\r\n").getBytes(UTF_8);
    HttpRequest request =
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(head.toString()),
                    BodyPublishers.ofByteArray(content),
                    BodyPublishers.ofByteArray(tail)))
            .build();
    return send(request);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** The bytes of what must be answered 200. */
  byte[] download(String path) {
    HttpResponse<byte[]> answer = exchange(request(path).build(), BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).as(() -> new String(answer.body(), UTF_8)).isEqualTo(200);
    return answer.body();
  }

  private static Answer send(HttpRequest request) {
    HttpResponse<String> answer = exchange(request, BodyHandlers.ofString(UTF_8));
    return new Answer(answer.statusCode(), answer, json(answer.body()));
  }

  private static <T> HttpResponse<T> exchange(
      HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return HTTP.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Reads JSON text; missing when it is none. */
  static JsonNode json(String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JsonProcessingException notJson) {
      // Raw content, a stream of events: the caller looks at the text.
      return MissingNode.getInstance();
    }
  }
}
