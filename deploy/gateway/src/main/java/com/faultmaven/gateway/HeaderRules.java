package com.faultmaven.gateway;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers cross the gateway, and which it writes itself. */
final class HeaderRules {
  /** RFC 9110, section 7.6.1: these speak about one connection and end with it. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** A client could forge these; services believe them. */
  private static final List<String> FORGEABLE =
      List.of(
          "Forwarded",
          "X-Forwarded-For",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "X-Forwarded-Prefix",
          "X-Forwarded-Proto",
          "X-Forwarded-Server",
          "X-Real-IP");

  private HeaderRules() {}

  /** Turns the client's request headers into those that the service gets. */
  static void toService(MultiMap headers, Exchange exchange) {
    HttpServerRequest request = exchange.request();
    removeHopByHop(headers);
    FORGEABLE.forEach(headers::remove);
    // The gateway has answered the expectation itself.
    headers.remove("Expect");
    if (!exchange.client().address().isEmpty()) {
      headers.set("X-Forwarded-For", exchange.client().address());
    }
    headers.set("X-Forwarded-Proto", exchange.client().scheme());
    HostAndPort authority = request.authority();
    if (authority != null) {
      headers.set("X-Forwarded-Host", authority.toString());
    }
    headers.set(Exchange.REQUEST_ID, exchange.id());
    headers.set("traceparent", exchange.trace().traceparent());
    if (!exchange.trace().received()) {
      headers.remove("tracestate");
    }
  }

  /** Turns the service's response headers into those that the client gets. */
  static void toClient(MultiMap headers, URI service, Exchange exchange) {
    removeHopByHop(headers);
    String location = headers.get("Location");
    String origin = service.toString();
    if (location != null && location.startsWith(origin + "/")) {
      // Services build links from the address they are reached at, which clients cannot use.
      headers.set("Location", location.substring(origin.length()));
    }
    headers.remove(Exchange.REQUEST_ID);
    if (!headers.contains("X-Content-Type-Options")) {
      headers.set("X-Content-Type-Options", "nosniff");
    }
    headers.remove("Server");
  }

  private static void removeHopByHop(MultiMap headers) {
    for (String connection : headers.getAll("Connection")) {
      for (String named : connection.split(",", -1)) {
        String name = named.strip().toLowerCase(Locale.ROOT);
        // The length belongs to the message: without it the end of the body would be lost.
        if (!name.isEmpty() && !name.equals("content-length")) {
          headers.remove(name);
        }
      }
    }
    HOP_BY_HOP.forEach(headers::remove);
  }
}
