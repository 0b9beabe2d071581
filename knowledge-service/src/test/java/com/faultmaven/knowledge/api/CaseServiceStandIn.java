package com.faultmaven.knowledge.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers as case-service does about one case, whose owner's token is any that is not a stranger's:
 * the id of a case is {@code 00000000-0000-7000-8000-} and twelve more digits, of which the first
 * is 1 for a case that is there and 5 for a failure.
 */
public final class CaseServiceStandIn implements QuarkusTestResourceLifecycleManager {
  /** Owner of every case that is there. */
  public static final String OWNER = "018f0000-0000-7000-8000-00000000abcd";

  private @Nullable HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/api/v1/cases/",
        exchange -> {
          String id = exchange.getRequestURI().getPath().substring("/api/v1/cases/".length());
          boolean authorised =
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                  .startsWith("Bearer ey");
          int status =
              !authorised ? 401 : id.charAt(24) == '1' ? 200 : id.charAt(24) == '5' ? 500 : 404;
          byte[] body =
              "{\"case_id\": \"%s\", \"user_id\": \"%s\", \"status\": \"consulting\"}"
                  .formatted(id, OWNER)
                  .getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return Map.of(
        "faultmaven.case-service.url", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }
}
