package com.faultmaven.gateway;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides who answers a request: the gateway itself, a service, or nobody. */
final class GatewayHandler implements Handler<HttpServerRequest> {
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Status in logs and metrics of a request whose client went away before its answer. */
  private static final int CLIENT_GONE = 499;

  private final Vertx vertx;
  private final GatewaySettings settings;
  private final HttpClient client;
  private final OwnPages ownPages;
  private final GatewayMetrics metrics;
  private final ClientLimit limit;

  GatewayHandler(
      Vertx vertx,
      GatewaySettings settings,
      HttpClient client,
      OwnPages ownPages,
      GatewayMetrics metrics) {
    this.vertx = vertx;
    this.settings = settings;
    this.client = client;
    this.ownPages = ownPages;
    this.metrics = metrics;
    this.limit = new ClientLimit(settings.maxRequestsPerClient());
  }

  @Override
  public void handle(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, settings.trustedProxies());
    Optional<GatewayProblem> refusal = refusal(exchange);
    if (refusal.isPresent()) {
      refuse(exchange, refusal.get());
      return;
    }
    RequestPath path = exchange.path().orElseThrow();
    Optional<Route> route = Route.of(path.segments());
    if (route.isEmpty()) {
      watch(exchange, null);
      ownPages.answer(exchange, path.path());
      return;
    }
    exchange.routed(route.get());
    if (!limit.enter(exchange.client().network())) {
      refuse(exchange, GatewayProblem.tooManyAtOnce(settings.maxRequestsPerClient()));
      return;
    }
    Forwarding forwarding =
        new Forwarding(vertx, client, settings, exchange, path, route.get().upstream());
    watch(exchange, forwarding);
    forwarding.start();
  }

  /** Answers what could not be read as a request at all: too long, or not HTTP. */
  void refuseUnreadable(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    GatewayProblem problem;
    if (cause instanceof TooLongHttpLineException) {
      problem =
          GatewayProblem.of(414, "target-too-long", "The request's path and query are too long.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      problem = GatewayProblem.of(431, "headers-too-large", "The request's headers are too large.");
    } else {
      problem = GatewayProblem.of(400, "malformed-request", "The request is not well-formed HTTP.");
    }
    Exchange exchange = new Exchange(request, settings.trustedProxies());
    watch(exchange, null);
    exchange.refuse(problem);
    request.connection().close();
  }

  private Optional<GatewayProblem> refusal(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    if (!METHODS.contains(request.method().name())) {
      return Optional.of(GatewayProblem.methodNotAllowed(String.join(", ", METHODS)));
    }
    if (exchange.path().isEmpty()) {
      return Optional.of(GatewayProblem.malformedTarget());
    }
    if (announcedLength(request) > settings.maxBodyBytes()) {
      return Optional.of(GatewayProblem.bodyTooLarge(settings.maxBodyBytes()));
    }
    return Optional.empty();
  }

  private static long announcedLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      // More digits than any body has; anything else is refused before it gets here.
      return Long.MAX_VALUE;
    }
  }

  private void refuse(Exchange exchange, GatewayProblem problem) {
    watch(exchange, null);
    // Reads on for a while, so that a client that is still sending comes to read its refusal.
    new CappedBody(vertx, exchange.request(), settings).resume();
    exchange.refuse(problem);
  }

  private void watch(Exchange exchange, @Nullable Forwarding forwarding) {
    HttpServerResponse response = exchange.request().response();
    // Called once: at the end of the answer, or when the connection ends before it.
    response.endHandler(
        over -> {
          record(exchange, response.ended() ? response.getStatusCode() : CLIENT_GONE);
          if (forwarding != null) {
            limit.leave(exchange.client().network());
            forwarding.over();
          }
        });
  }

  private void record(Exchange exchange, int status) {
    String method = exchange.request().method().name();
    String known = METHODS.contains(method) ? method : "OTHER";
    String route = exchange.route().map(Route::pattern).orElse("none");
    metrics.count(route, known, status, exchange.elapsedNanos());
    AccessLog.write(exchange, known, status);
  }
}
