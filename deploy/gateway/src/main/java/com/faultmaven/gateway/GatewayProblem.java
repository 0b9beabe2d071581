package com.faultmaven.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * A refusal by the gateway itself, in the services' form (RFC 9457; decisions, section 7).
 *
 * @param status HTTP status
 * @param code stable kebab-case name
 * @param detail what is wrong and how to mend it
 * @param headers response headers that go with it
 */
record GatewayProblem(int status, String code, String detail, Map<String, String> headers) {
  static final String MEDIA_TYPE = "application/problem+json";

  private static final Map<String, String> RETRY_SOON = Map.of("Retry-After", "2");

  GatewayProblem {
    headers = Map.copyOf(headers);
  }

  static GatewayProblem of(int status, String code, String detail) {
    return new GatewayProblem(status, code, detail, Map.of());
  }

  static GatewayProblem malformedTarget() {
    return of(
        400,
        "malformed-path",
        "The path holds an empty or dot segment, a character that must be encoded, or an encoding"
            + " that is not allowed here.");
  }

  static GatewayProblem notFound() {
    return of(404, "not-found", "There is nothing at this path; the API is described at /.");
  }

  static GatewayProblem methodNotAllowed(String allowed) {
    return new GatewayProblem(
        405,
        "method-not-allowed",
        "This path takes " + allowed + " alone.",
        Map.of("Allow", allowed));
  }

  static GatewayProblem bodyTooLarge(long limit) {
    return of(
        413, "body-too-large", "The request's body is larger than " + limit + " bytes; split it.");
  }

  static GatewayProblem bodyTooSlow(int seconds) {
    return of(
        408,
        "body-too-slow",
        "The request's body was not complete after " + seconds + " seconds; it was given up.");
  }

  static GatewayProblem tooManyAtOnce(int limit) {
    return new GatewayProblem(
        429,
        "too-many-requests-at-once",
        "At most "
            + limit
            + " requests of one client are carried out at the same time; nothing was done. Try"
            + " again when one has ended.",
        RETRY_SOON);
  }

  static GatewayProblem unavailable(Upstream upstream) {
    return new GatewayProblem(
        503,
        "service-unavailable",
        upstream.module() + " is not reachable; nothing was done. Try again.",
        RETRY_SOON);
  }

  static GatewayProblem busy(Upstream upstream) {
    return new GatewayProblem(
        503,
        "service-busy",
        "Too many requests wait for " + upstream.module() + "; nothing was done. Try again.",
        RETRY_SOON);
  }

  static GatewayProblem connectionLost(Upstream upstream) {
    return new GatewayProblem(
        502,
        "upstream-connection-lost",
        upstream.module()
            + " ended the connection before it answered. Whether the request was carried out is not"
            + " known: repeat it with the same Idempotency-Key.",
        RETRY_SOON);
  }

  static GatewayProblem timeout(Upstream upstream) {
    return of(
        504,
        "upstream-timeout",
        upstream.module()
            + " did not answer in time. Whether the request was carried out is not known: repeat it"
            + " with the same Idempotency-Key.");
  }

  static GatewayProblem unreadableDocument() {
    return of(
        502, "api-document-unreadable", "A service answered with an API document that is not one.");
  }

  /** The body of the answer. */
  Buffer body(String instance, String traceId) {
    return new JsonObject()
        .put("type", "urn:faultmaven:problem:" + code)
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("detail", detail)
        .put("instance", instance)
        .put("code", code)
        .put("trace_id", traceId)
        .toBuffer();
  }
}
