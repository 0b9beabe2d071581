package com.faultmaven.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A running gateway: its listeners, its connections to the services and its event loops. */
public final class Gateway {
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  private static final int CONNECTIONS_PER_SERVICE = 256;
  private static final int WAITING_PER_SERVICE = 512;
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final Duration OPENAPI_LIFETIME = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final AtomicInteger port = new AtomicInteger();

  private Gateway(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Starts to listen.
   *
   * @return fails when the address is taken; nothing keeps running then
   */
  public static Future<Gateway> start(GatewaySettings settings) {
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    Gateway gateway = new Gateway(vertx);
    HttpClient client = client(vertx);
    GatewayMetrics metrics = new GatewayMetrics();
    OwnPages ownPages =
        new OwnPages(
            new MergedOpenApi(client, settings.services(), OPENAPI_LIFETIME),
            metrics,
            ApiPage.load());
    GatewayHandler handler = new GatewayHandler(vertx, settings, client, ownPages, metrics);
    int loops = Math.min(4, Runtime.getRuntime().availableProcessors());
    return vertx
        .deployVerticle(
            () -> new Listener(settings, handler, gateway.port),
            new DeploymentOptions().setInstances(settings.port() == 0 ? 1 : loops))
        .map(gateway)
        .recover(failure -> vertx.close().transform(closed -> Future.failedFuture(failure)));
  }

  /** Port that is listened on. */
  public int port() {
    return port.get();
  }

  /** Stops listening and closes every connection. */
  public Future<Void> stop() {
    return vertx.close();
  }

  private static HttpClient client(Vertx vertx) {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setMaxHeaderSize(2 * MAX_HEADER_BYTES)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
        new PoolOptions()
            .setHttp1MaxSize(CONNECTIONS_PER_SERVICE)
            .setMaxWaitQueueSize(WAITING_PER_SERVICE));
  }

  /** One event loop's share of the connections. */
  private static final class Listener extends AbstractVerticle {
    private final GatewaySettings settings;
    private final GatewayHandler handler;
    private final AtomicInteger port;

    Listener(GatewaySettings settings, GatewayHandler handler, AtomicInteger port) {
      this.settings = settings;
      this.handler = handler;
      this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
      HttpServerOptions options =
          new HttpServerOptions()
              .setHost(settings.host())
              .setPort(settings.port())
              .setMaxHeaderSize(MAX_HEADER_BYTES)
              .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
              .setHttp2ClearTextEnabled(false)
              // Longer than a silent service is waited for: the client gets to know why.
              .setIdleTimeout(2 * settings.idleSeconds())
              .setIdleTimeoutUnit(TimeUnit.SECONDS);
      HttpServer server = vertx.createHttpServer(options);
      server
          .requestHandler(handler)
          .invalidRequestHandler(handler::refuseUnreadable)
          .listen()
          .onSuccess(listening -> port.set(listening.actualPort()))
          .<Void>mapEmpty()
          .onComplete(started);
    }
  }
}
