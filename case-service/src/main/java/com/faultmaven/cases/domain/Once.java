package com.faultmaven.cases.domain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that creates something and may be repeated (API, first section).
 *
 * @param key the {@code Idempotency-Key}, null when the request has none
 * @param body the request's body, comparable by its JSON
 */
public record Once(@Nullable String key, Object body) {
  public Once {
    requireNonNull(body, "body");
  }

  /** What tells one request from another: its path and its body. */
  Object request(String path) {
    return List.of(path, body);
  }
}
