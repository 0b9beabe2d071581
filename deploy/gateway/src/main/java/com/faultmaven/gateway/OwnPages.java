package com.faultmaven.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** What the gateway answers itself: the API page, the merged API document, health and metrics. */
final class OwnPages {
  private static final Buffer UP = Buffer.buffer("{\"status\":\"UP\",\"checks\":[]}");

  private final MergedOpenApi openApi;
  private final GatewayMetrics metrics;
  private final ApiPage page;

  OwnPages(MergedOpenApi openApi, GatewayMetrics metrics, ApiPage page) {
    this.openApi = openApi;
    this.metrics = metrics;
    this.page = page;
  }

  /** Answers a path that no service has, with 404 when there is nothing. */
  void answer(Exchange exchange, String path) {
    Optional<ApiPage.File> file = page.file(path);
    boolean dynamic =
        switch (path) {
          case "/openapi.json", "/q/health", "/q/health/live", "/q/health/ready", "/q/metrics" ->
              true;
          default -> false;
        };
    if (file.isEmpty() && !dynamic) {
      exchange.refuse(GatewayProblem.notFound());
      return;
    }
    HttpMethod method = exchange.request().method();
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      exchange.refuse(GatewayProblem.methodNotAllowed("GET, HEAD"));
      return;
    }
    HttpServerResponse response = exchange.request().response();
    response.putHeader("X-Content-Type-Options", "nosniff");
    if (file.isPresent()) {
      file.get().answer(exchange.request());
      return;
    }
    response.putHeader("Cache-Control", "no-cache");
    switch (path) {
      case "/openapi.json" ->
          openApi
              .document()
              .onSuccess(document -> json(response, document))
              .onFailure(failure -> exchange.refuse(GatewayProblem.unreadableDocument()));
      case "/q/metrics" ->
          response.putHeader("Content-Type", GatewayMetrics.MEDIA_TYPE).end(metrics.scrape());
      default -> json(response, UP);
    }
  }

  private static void json(HttpServerResponse response, Buffer body) {
    if (!response.ended() && !response.closed()) {
      response.putHeader("Content-Type", "application/json").end(body);
    }
  }
}
