package com.faultmaven.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.id.Ids;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * case-service and knowledge-service as an HTTP server of the test. What it answers is in the
 * question: a case belongs to whose token asks for it, except those of {@link #missingCase()} and
 * its siblings.
 */
public final class Neighbours implements QuarkusTestResourceLifecycleManager {
  private static final String MISSING = "000000000404";
  private static final String BROKEN = "000000000500";
  private static final String SILENT = "000000000999";
  private static final ObjectMapper JSON = new ObjectMapper();

  private @Nullable HttpServer server;
  private @Nullable ExecutorService threads;

  /** A case that case-service does not show. */
  public static String missingCase() {
    return Ids.next().substring(0, 24) + MISSING;
  }

  /** A case at which case-service fails. */
  public static String brokenCase() {
    return Ids.next().substring(0, 24) + BROKEN;
  }

  /** A case at which case-service never answers. */
  public static String silentCase() {
    return Ids.next().substring(0, 24) + SILENT;
  }

  @Override
  public Map<String, String> start() {
    try {
      HttpServer listening =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
      threads = Executors.newCachedThreadPool();
      listening.setExecutor(threads);
      listening.createContext("/api/v1/cases/", Neighbours::answer);
      listening.start();
      server = listening;
      String url = "http://127.0.0.1:" + listening.getAddress().getPort();
      return Map.of(
          "faultmaven.case-service.url",
          url,
          "faultmaven.knowledge-service.url",
          url,
          "quarkus.rest-client.case-service.read-timeout",
          "1000",
          "quarkus.rest-client.knowledge-service.read-timeout",
          "1000");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
    if (threads != null) {
      threads.shutdownNow();
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/", -1);
    if (exchange.getRequestMethod().equals("POST")) {
      search(exchange, path[4]);
      return;
    }
    String caseId = path[4];
    if (caseId.endsWith(MISSING)) {
      send(exchange, 404, "{\"code\": \"not-found\"}");
    } else if (caseId.endsWith(BROKEN)) {
      send(exchange, 500, "{\"code\": \"internal-error\"}");
    } else if (!caseId.endsWith(SILENT)) {
      send(
          exchange,
          200,
          """
          {"case_id": "%s", "user_id": "%s", "status": "investigating", "title": "T", "tags": []}
          """
              .formatted(caseId, subject(exchange)));
    }
  }

  private static void search(HttpExchange exchange, String caseId) throws IOException {
    JsonNode question = JSON.readTree(exchange.getRequestBody());
    String query = question.path("query").asText();
    if (query.equals("break")) {
      send(exchange, 500, "{}");
    } else if (!query.equals("hang")) {
      send(
          exchange,
          200,
          """
          {"items": [{"text": "%s", "score": 0.9, "case_id": "%s", "asked_by": "%s", "k": %d}]}
          """
              .formatted(query, caseId, subject(exchange), question.path("k").asInt()));
    }
  }

  private static String subject(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("Authorization").substring(7);
    byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return JSON.readTree(claims).path("sub").asText();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
