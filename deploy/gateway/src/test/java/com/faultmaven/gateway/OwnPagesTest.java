package com.faultmaven.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPagesTest {
  private final TestSystem system = new TestSystem();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.close();
    system.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html, FaultMaven",
    "/page.js, text/javascript, SwaggerUIBundle",
    "/page.css, text/css, .brand",
    "/favicon.svg, image/svg+xml, svg",
    "/assets/swagger-ui.css, text/css, .swagger-ui",
    "/assets/swagger-ui-bundle.js, text/javascript, SwaggerUIBundle"
  })
  void servesTheApiPageFromItself(String path, String type, String part) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(type);
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(answer.body()).contains(part);
  }

  @Test
  void namesNoOtherHostOnItsPage() throws Exception {
    assertThat(get("/").body() + get("/page.js").body() + get("/page.css").body())
        .doesNotContain("http://", "https://");
  }

  @Test
  void answersAnUnchangedPageWithoutItsBody() throws Exception {
    String etag = get("/page.js").headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again =
        client.send(
            request("/page.js").header("If-None-Match", etag).build(), BodyHandlers.ofString());

    assertThat(again.statusCode()).isEqualTo(304);
  }

  @Test
  void refusesToBeWrittenTo() throws Exception {
    HttpResponse<String> answer =
        client.send(request("/openapi.json").DELETE().build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void mergesTheDocumentsOfTheServicesThatAnswer() throws Exception {
    for (Upstream upstream : Upstream.values()) {
      system.behaves(upstream, OwnPagesTest::document);
    }
    system.stop(Upstream.SESSION);

    JsonObject merged = new JsonObject(get("/openapi.json").body());

    assertThat(merged.getJsonObject("paths").fieldNames())
        .containsExactlyInAnyOrder(
            "/api/v1/auth/me", "/api/v1/cases", "/api/v1/files", "/api/v1/kb");
    assertThat(merged.getJsonObject("info").getString("description"))
        .contains("session-service does not answer");
  }

  @Test
  void saysWhenADocumentCannotBeRead() throws Exception {
    system.behaves(Upstream.CASE, request -> request.response().end("{\"paths\":[1]}"));

    HttpResponse<String> answer = get("/openapi.json");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("api-document-unreadable");
  }

  @ParameterizedTest
  @CsvSource({"/q/health", "/q/health/live", "/q/health/ready"})
  void isHealthyWhileItListens(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body()).getString("status")).isEqualTo("UP");
  }

  @Test
  void countsRequestsByRouteAndStatus() throws Exception {
    get("/api/v1/cases/c1/files");
    get("/nowhere");

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(get("/q/metrics").body())
                    .contains(
                        "faultmaven_gateway_requests_seconds_count{method=\"GET\","
                            + "route=\"/api/v1/cases/{id}/files\",status=\"200\"} 1",
                        "faultmaven_gateway_requests_seconds_count{method=\"GET\","
                            + "route=\"none\",status=\"404\"} 1"));
  }

  @Test
  void logsEachRequestWithoutItsQueryAndToken() throws Exception {
    List<String> lines = new ArrayList<>();
    Handler collecting =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            synchronized (lines) {
              lines.add(new SimpleFormatter().formatMessage(entry));
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger access = Logger.getLogger("access");
    access.addHandler(collecting);
    try {
      client.send(
          request("/api/v1/cases?token=hidden-1")
              .header("Authorization", "Bearer hidden-2")
              .header("X-Request-Id", "r-17")
              .build(),
          BodyHandlers.ofString());
      Awaitility.await()
          .untilAsserted(
              () -> {
                synchronized (lines) {
                  assertThat(lines)
                      .singleElement()
                      .asString()
                      .matches(
                          "GET /api/v1/cases 200 12B \\d+ms case-service request=r-17"
                              + " trace=[0-9a-f]{32}")
                      .doesNotContain("hidden");
                }
              });
    } finally {
      access.removeHandler(collecting);
    }
  }

  private static void document(HttpServerRequest request) {
    if (!request.uri().equals("/q/openapi?format=json")) {
      request.response().setStatusCode(404).end();
      return;
    }
    request
        .response()
        .end(
            """
            {"openapi": "3.1.0", "info": {"title": "one of five", "version": "1"},
             "paths": {"/api/v1/auth/me": {}, "/api/v1/cases": {}, "/api/v1/files": {},
                       "/api/v1/kb": {}, "/api/v1/sessions": {}}}
            """);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(system.url(path)));
  }
}
