package com.faultmaven.common.web;

import jakarta.ws.rs.core.Response;
import java.net.URI;

/**
 * What a request has made.
 *
 * @param location path of the new thing
 * @param body the thing itself
 * @param replayed whether an earlier request with the same {@code Idempotency-Key} made it
 */
public record Created<T>(String location, T body, boolean replayed) {
  /** Something made by this request. */
  public static <T> Created<T> now(String location, T body) {
    return new Created<>(location, body, false);
  }

  /** 201 with {@code Location}, and {@code Idempotency-Replayed} for an answer given again. */
  public Response toResponse() {
    Response.ResponseBuilder answer = Response.created(URI.create(location)).entity(body);
    return (replayed ? answer.header("Idempotency-Replayed", "true") : answer).build();
  }
}
