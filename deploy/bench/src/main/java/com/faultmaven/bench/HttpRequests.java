package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Requests of HTTP/1.1 as bytes, and callers that send the same one again and again. */
final class HttpRequests {
  private final URI base;

  /** For one service. */
  HttpRequests(URI base) {
    this.base = base;
  }

  /** Reads something in a user's name. */
  byte[] get(String path, String token) {
    return request("GET", path, token, null);
  }

  /** Sends JSON in a user's name. */
  byte[] post(String path, String token, String json) {
    return request("POST", path, token, json);
  }

  /** Sends JSON as nobody. */
  byte[] post(String path, String json) {
    return request("POST", path, null, json);
  }

  /** Sends one request for ever. */
  static HttpCaller repeating(byte[] request) {
    return new HttpCaller() {
      @Override
      public byte[] next() {
        return request;
      }

      @Override
      public void answered(HttpAnswer answer) throws IOException {
        requireSuccess(answer);
      }
    };
  }

  /** Fails unless the answer is a 2xx. */
  static void requireSuccess(HttpAnswer answer) throws IOException {
    if (answer.status() / 100 != 2) {
      throw new IOException("answered %d: %s".formatted(answer.status(), answer.body()));
    }
  }

  private byte[] request(
      String method, String path, @Nullable String token, @Nullable String json) {
    StringBuilder request = new StringBuilder(method).append(' ').append(path);
    request.append(" HTTP/1.1\r\nHost: ").append(base.getAuthority()).append("\r\n");
    request.append("Accept: application/json\r\n");
    if (token != null) {
      request.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    if (json != null) {
      request.append("Content-Type: application/json\r\nContent-Length: ");
      request.append(json.getBytes(UTF_8).length).append("\r\n");
    }
    request.append("\r\n").append(json == null ? "" : json);
    return request.toString().getBytes(UTF_8);
  }
}
