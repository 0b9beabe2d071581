package com.faultmaven.gateway;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Passes one request on to its service and the answer back, both as streams. */
final class Forwarding implements ProxyInterceptor {
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  private static final Logger LOG = Logger.getLogger("forwarding");
  private static final ProxyOptions OPTIONS = new ProxyOptions().setSupportWebSocket(false);

  private final Vertx vertx;
  private final HttpClient client;
  private final GatewaySettings settings;
  private final Exchange exchange;
  private final RequestPath path;
  private final Upstream upstream;
  private final CappedBody body;
  private @Nullable HttpClientRequest sent;
  private boolean over;

  Forwarding(
      Vertx vertx,
      HttpClient client,
      GatewaySettings settings,
      Exchange exchange,
      RequestPath path,
      Upstream upstream) {
    this.vertx = vertx;
    this.client = client;
    this.settings = settings;
    this.exchange = exchange;
    this.path = path;
    this.upstream = upstream;
    this.body = new CappedBody(vertx, exchange.request(), settings);
  }

  /** Starts; the answer is written when it comes. */
  void start() {
    if ("100-continue".equalsIgnoreCase(exchange.request().getHeader("Expect"))) {
      exchange.request().response().writeContinue();
    }
    HttpProxy.reverseProxy(OPTIONS, client)
        .origin(context -> connect())
        .addInterceptor(this)
        .handle(exchange.request());
  }

  /**
   * Lets go of the service's connection once the exchange has ended before the service was done
   * with it: the client has left, or the answer is complete before the request's body is, e.g. of a
   * refused upload. The rest of the body is dropped.
   */
  void over() {
    over = true;
    HttpServerRequest request = exchange.request();
    boolean unread = !request.isEnded();
    if (sent != null && (unread || !request.response().ended())) {
      sent.reset();
    }
    if (unread) {
      body.handler(null).resume();
    }
    if (body.expired()) {
      // After the answer, which is being written when this is called.
      vertx.runOnContext(written -> request.connection().close());
    }
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    HeaderRules.toService(context.request().headers(), exchange);
    context
        .request()
        .setURI(path.target())
        .setBody(Body.body(body, context.request().getBody().length()));
    return context
        .sendRequest()
        .recover(failure -> Future.succeededFuture(answer(context, failure)));
  }

  @Override
  public Future<Void> handleProxyResponse(ProxyContext context) {
    ProxyResponse response = context.response();
    HeaderRules.toClient(response.headers(), settings.address(upstream), exchange);
    if (body.expired()) {
      response.putHeader("Connection", "close");
    }
    boolean bodiless = response.getStatusCode() == 204 || response.getStatusCode() == 304;
    if (bodiless && response.getBody() != null) {
      // Otherwise the proxy would announce a chunked body that never comes.
      response.getBody().stream().resume();
      response.headers().remove("Content-Length");
      response.setBody(null);
    }
    return context.sendResponse();
  }

  private Future<HttpClientRequest> connect() {
    URI address = settings.address(upstream);
    boolean ssl = "https".equals(address.getScheme());
    int defaultPort = ssl ? 443 : 80;
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(address.getHost())
            .setPort(address.getPort() < 0 ? defaultPort : address.getPort())
            .setSsl(ssl)
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
            .setIdleTimeout(settings.idleSeconds() * 1_000L);
    return client.request(options).compose(this::connected);
  }

  private Future<HttpClientRequest> connected(HttpClientRequest request) {
    if (over) {
      // The client left while a connection was waited for; this one is not used after all.
      request.reset();
      return Future.failedFuture(new IllegalStateException("the client is gone"));
    }
    // What matters to the client comes with the answer; this is for what is given up.
    request.exceptionHandler(reset -> LOG.fine(() -> "gave up a request: " + reset.getMessage()));
    sent = request;
    return Future.succeededFuture(request);
  }

  private ProxyResponse answer(ProxyContext context, Throwable failure) {
    GatewayProblem problem = problem(failure);
    ProxyResponse response = context.request().release().response();
    problem.headers().forEach(response::putHeader);
    return response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", GatewayProblem.MEDIA_TYPE)
        .setBody(Body.body(exchange.problemBody(problem)));
  }

  private GatewayProblem problem(Throwable failure) {
    if (body.exceeded()) {
      return GatewayProblem.bodyTooLarge(settings.maxBodyBytes());
    }
    if (body.expired()) {
      return GatewayProblem.bodyTooSlow(settings.bodySeconds());
    }
    if (failure instanceof ConnectionPoolTooBusyException) {
      return GatewayProblem.busy(upstream);
    }
    if (failure instanceof ConnectException || failure instanceof UnknownHostException) {
      return GatewayProblem.unavailable(upstream);
    }
    if (failure instanceof TimeoutException) {
      return sent == null ? GatewayProblem.busy(upstream) : GatewayProblem.timeout(upstream);
    }
    return GatewayProblem.connectionLost(upstream);
  }
}
