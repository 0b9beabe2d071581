package com.faultmaven.gateway;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway in front of five real HTTP servers, each of which a test may tell what to do. */
final class TestSystem implements AutoCloseable {
  static final long MAX_BODY = 11_534_336;

  private final Vertx vertx = Vertx.vertx();
  private final Map<Upstream, HttpServer> servers = new EnumMap<>(Upstream.class);
  private final Map<Upstream, Handler<HttpServerRequest>> behaviours =
      new EnumMap<>(Upstream.class);
  private final Gateway gateway;

  TestSystem() {
    this(Map.of());
  }

  /** With settings that differ from the defaults. */
  TestSystem(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("FAULTMAVEN_GATEWAY_PORT", "0");
    for (Upstream upstream : Upstream.values()) {
      behaves(upstream, request -> request.response().end(upstream.module()));
      HttpServer server =
          await(
              vertx
                  .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                  .requestHandler(request -> behaviour(upstream).handle(request))
                  .listen());
      servers.put(upstream, server);
      environment.put(upstream.variable(), "http://127.0.0.1:" + server.actualPort());
    }
    gateway = await(Gateway.start(GatewaySettings.of(environment)));
  }

  Vertx vertx() {
    return vertx;
  }

  void behaves(Upstream upstream, Handler<HttpServerRequest> behaviour) {
    synchronized (behaviours) {
      behaviours.put(upstream, behaviour);
    }
  }

  /** Ends one service; its port is closed from then on. */
  void stop(Upstream upstream) {
    HttpServer server = servers.remove(upstream);
    if (server != null) {
      await(server.close());
    }
  }

  String url(String path) {
    return "http://127.0.0.1:" + gateway.port() + path;
  }

  int port() {
    return gateway.port();
  }

  int servicePort(Upstream upstream) {
    HttpServer server = servers.get(upstream);
    return server == null ? 0 : server.actualPort();
  }

  private Handler<HttpServerRequest> behaviour(Upstream upstream) {
    synchronized (behaviours) {
      Handler<HttpServerRequest> behaviour = behaviours.get(upstream);
      return behaviour == null ? request -> request.response().setStatusCode(500).end() : behaviour;
    }
  }

  @Override
  public void close() {
    await(gateway.stop());
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no result", e);
    }
  }
}
