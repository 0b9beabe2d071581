package com.faultmaven.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request and its answer, with the ids under which both are logged. */
final class Exchange {
  static final String REQUEST_ID = "X-Request-Id";

  private static final Pattern VALID_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private final HttpServerRequest request;
  private final Client client;
  private final String id;
  private final TraceContext trace;
  private final Optional<RequestPath> path;
  private final long startedNanos = System.nanoTime();
  private @Nullable Route route;

  Exchange(HttpServerRequest request, TrustedProxies trusted) {
    this.request = request;
    client = Client.of(request, trusted);
    String given = request.getHeader(REQUEST_ID);
    id = given != null && VALID_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
    trace = TraceContext.of(request.getHeader("traceparent"));
    path = RequestPath.parse(request.uri());
    request.response().putHeader(REQUEST_ID, id);
  }

  HttpServerRequest request() {
    return request;
  }

  Client client() {
    return client;
  }

  /** The client's request id when it is a plain word, otherwise one made here. */
  String id() {
    return id;
  }

  TraceContext trace() {
    return trace;
  }

  /** Empty when the target of the request is refused. */
  Optional<RequestPath> path() {
    return path;
  }

  /** The path without its query, for logs and problem details. */
  String printablePath() {
    return path.map(RequestPath::path).orElseGet(() -> RequestPath.printable(request.uri()));
  }

  void routed(Route found) {
    route = found;
  }

  Optional<Route> route() {
    return Optional.ofNullable(route);
  }

  long elapsedNanos() {
    return System.nanoTime() - startedNanos;
  }

  /** The body of the answer that stands for a problem. */
  Buffer problemBody(GatewayProblem problem) {
    return problem.body(printablePath(), trace.traceId());
  }

  /** Answers with a problem detail and lets the rest of the request pass by. */
  void refuse(GatewayProblem problem) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    problem.headers().forEach(response::putHeader);
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", GatewayProblem.MEDIA_TYPE)
        .end(problemBody(problem));
  }
}
