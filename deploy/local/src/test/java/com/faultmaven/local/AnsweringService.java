package com.faultmaven.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What the supervisor takes for a service in its own tests: it answers every request with 200. */
public final class AnsweringService {
  private AnsweringService() {}

  public static void main(String[] arguments) throws IOException {
    serve(System.getenv("QUARKUS_HTTP_PORT"));
  }

  /** Serves that loopback port until the process ends. */
  public static void serve(String port) throws IOException {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port)), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "up".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }
}
