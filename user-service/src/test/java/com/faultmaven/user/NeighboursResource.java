package com.faultmaven.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What this service finds around it: a first administrator in its settings, and a session-service
 * over HTTP that answers as the named client wants it to.
 */
public final class NeighboursResource implements QuarkusTestResourceLifecycleManager {
  /** Name of the first administrator. */
  public static final String ADMIN = "root-admin";

  /** Password of the first administrator. */
  public static final String ADMIN_PASSWORD = "kettle-orbit-88-mango";

  /** A service that may have tokens. */
  public static final String SERVICE = "case-service";

  /** Its secret. */
  public static final String SERVICE_SECRET = "only-for-tests-only-for-tests-0123456789";

  /** Another service that may have tokens. */
  public static final String OTHER_SERVICE = "other";

  /** Its secret. */
  public static final String OTHER_SERVICE_SECRET = "x".repeat(32);

  /** A client whose session never opens: session-service does not answer. */
  public static final String SILENT_CLIENT = "silent";

  /** A client whose session does not open: session-service answers 500. */
  public static final String BROKEN_CLIENT = "broken";

  // System properties, not fields: Quarkus loads test classes with several class loaders.
  private static final String ASKED = "faultmaven.test.session.";

  private @Nullable HttpServer sessions;

  @Override
  public Map<String, String> start() {
    try {
      sessions = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sessions.createContext("/api/v1/sessions", NeighboursResource::answer);
    for (String service : List.of(ExportPart.CASES, ExportPart.FILES)) {
      sessions.createContext(
          "/" + service + "/api/v1/internal/export/",
          exchange -> ExportPart.answer(exchange, service));
    }
    sessions.start();
    Map<String, String> settings = new HashMap<>();
    settings.putAll(
        Map.of(
            "faultmaven.session-service.url",
            "http://127.0.0.1:" + sessions.getAddress().getPort(),
            "faultmaven.login.session-timeout",
            "PT0.5S",
            "faultmaven.login.address-free-attempts",
            "100000",
            "faultmaven.admin.username",
            ADMIN,
            "faultmaven.admin.email",
            "root-admin@example.org",
            "faultmaven.admin.password",
            ADMIN_PASSWORD));
    for (String service : List.of(ExportPart.CASES, ExportPart.FILES)) {
      settings.put(
          "faultmaven." + service + ".url",
          "http://127.0.0.1:" + sessions.getAddress().getPort() + "/" + service);
    }
    settings.put("faultmaven.user-data.services", ExportPart.CASES + "," + ExportPart.FILES);
    settings.put("faultmaven.mail.directory", Mailbox.directory().toString());
    settings.put("faultmaven.mail.poll-interval", "PT0.2S");
    settings.put(
        "faultmaven.service-clients",
        SERVICE + ":" + SERVICE_SECRET + "," + OTHER_SERVICE + ":" + OTHER_SERVICE_SECRET);
    return settings;
  }

  @Override
  public void stop() {
    if (sessions != null) {
      sessions.stop(0);
    }
  }

  /** Whether a session was asked for by this client, which no other test may name. */
  public static boolean hasBeenAskedBy(String clientId) {
    return System.getProperty(ASKED + clientId) != null;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (request.contains(SILENT_CLIENT)) {
      return;
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    boolean known = authorization != null && authorization.startsWith("Bearer ey");
    String client = request.replaceAll(".*\"client_id\":\"([^\"]*)\".*", "$1");
    System.setProperty(ASKED + client, "asked");
    byte[] body =
        "{\"session_id\":\"session-of-%s\",\"client_id\":\"%s\",\"resumed\":false}"
            .formatted(client, client)
            .getBytes(UTF_8);
    int status = !known ? 401 : BROKEN_CLIENT.equals(client) ? 500 : 201;
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
