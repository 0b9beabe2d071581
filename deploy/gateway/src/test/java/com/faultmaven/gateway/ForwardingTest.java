package com.faultmaven.gateway;

import static com.faultmaven.gateway.TestSystem.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
  private static final int UPLOAD = 10_485_760;

  private final TestSystem system = new TestSystem();
  private final HttpClient client = system.vertx().createHttpClient();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void passesRequestAndAnswerOn() {
    CompletableFuture<String> seen = new CompletableFuture<>();
    system.behaves(
        Upstream.CASE,
        request ->
            request
                .body()
                .onSuccess(
                    body -> {
                      seen.complete(request.method() + " " + request.uri() + " " + body);
                      request
                          .response()
                          .setStatusCode(201)
                          .putHeader("ETag", "\"1\"")
                          .putHeader(
                              "Location",
                              "http://127.0.0.1:"
                                  + system.servicePort(Upstream.CASE)
                                  + "/api/v1/cases/c1")
                          .end("made");
                    }));

    Answer answer = send(HttpMethod.POST, "/api/v1/cases?x=%20y&x=z", Buffer.buffer("{}"));

    assertThat(seen).isCompletedWithValue("POST /api/v1/cases?x=%20y&x=z {}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("made");
    assertThat(answer.headers().get("ETag")).isEqualTo("\"1\"");
    assertThat(answer.headers().get("Location")).isEqualTo("/api/v1/cases/c1");
  }

  @Test
  void writesItsOwnForwardingHeadersAndDropsTheClients() throws Exception {
    CompletableFuture<MultiMap> seen = new CompletableFuture<>();
    system.behaves(
        Upstream.CASE,
        request -> {
          seen.complete(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
          request
              .response()
              .putHeader("Connection", "X-Private")
              .putHeader("X-Private", "1")
              .putHeader("Keep-Alive", "timeout=1")
              .putHeader("Server", "secret/1.0")
              .end();
        });
    try (RawConnection connection = new RawConnection(system.port())) {
      String answer =
          connection
              .request(
                  "GET /api/v1/cases HTTP/1.1",
                  "Host: fault.example",
                  "X-Forwarded-For: 6.6.6.6",
                  "X-Forwarded-Proto: https",
                  "Forwarded: for=6.6.6.6",
                  "X-Real-IP: 6.6.6.6",
                  "Connection: keep-alive, X-Hop",
                  "X-Hop: 1",
                  "TE: trailers",
                  "Upgrade: h2c",
                  "Proxy-Authorization: Basic eA==",
                  "Authorization: Bearer t")
              .answer();
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .doesNotContain("X-Private", "Keep-Alive", "secret/1.0");
    }
    MultiMap headers = seen.get(10, TimeUnit.SECONDS);
    assertThat(headers.getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
    assertThat(headers.getAll("X-Forwarded-Proto")).containsExactly("http");
    assertThat(headers.getAll("X-Forwarded-Host")).containsExactly("fault.example");
    assertThat(headers.get("Authorization")).isEqualTo("Bearer t");
    assertThat(headers.names())
        .doesNotContain(
            "Forwarded",
            "X-Real-IP",
            "X-Hop",
            "TE",
            "Upgrade",
            "Proxy-Authorization",
            "Connection");
  }

  @ParameterizedTest
  @CsvSource({"req-1.A_b, true", "'two words', false", "'<script>', false"})
  void keepsPlainRequestIdsAndReplacesOthers(String given, boolean kept) {
    CompletableFuture<String> seen = new CompletableFuture<>();
    system.behaves(
        Upstream.SESSION,
        request -> {
          seen.complete(request.getHeader("X-Request-Id"));
          request.response().putHeader("X-Request-Id", "the service's").end();
        });

    Answer answer =
        send(
            new RequestOptions()
                .setAbsoluteURI(system.url("/api/v1/sessions"))
                .putHeader("X-Request-Id", given),
            null);

    String id = seen.join();
    assertThat(answer.headers().getAll("X-Request-Id")).containsExactly(id);
    assertThat(id.equals(given)).isEqualTo(kept);
    assertThat(id).matches("[A-Za-z0-9._-]+");
  }

  @ParameterizedTest
  @CsvSource({
    "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, true",
    "00-00000000000000000000000000000000-b7ad6b7169203331-01, false",
    "nonsense, false"
  })
  void continuesWellFormedTracesAndBeginsOthers(String given, boolean continued) {
    CompletableFuture<MultiMap> seen = new CompletableFuture<>();
    system.behaves(
        Upstream.SESSION,
        request -> {
          seen.complete(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
          request.response().end();
        });

    send(
        new RequestOptions()
            .setAbsoluteURI(system.url("/api/v1/sessions"))
            .putHeader("traceparent", given)
            .putHeader("tracestate", "a=b"),
        null);

    String traceparent = seen.join().get("traceparent");
    assertThat(traceparent).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(traceparent.equals(given)).isEqualTo(continued);
    assertThat(seen.join().contains("tracestate")).isEqualTo(continued);
  }

  @Test
  void streamsUploadsWhileTheyArrive() {
    CompletableFuture<Buffer> first = new CompletableFuture<>();
    system.behaves(
        Upstream.ARTIFACT,
        request -> {
          request.handler(first::complete);
          request.endHandler(end -> request.response().setStatusCode(201).end());
        });
    HttpClientRequest upload = request(HttpMethod.POST, "/api/v1/cases/c1/files");
    upload.setChunked(true);
    upload.write("begin");

    // The service has the beginning while the client still holds the end back.
    assertThat(first).succeedsWithin(Duration.ofSeconds(10));

    upload.end("end");
    assertThat(await(upload.response()).statusCode()).isEqualTo(201);
  }

  @Test
  void passesTheLargestUploadAndItsDownload() {
    system.behaves(
        Upstream.ARTIFACT,
        request -> request.body().onSuccess(body -> request.response().end(body)));
    Buffer file = Buffer.buffer(new byte[UPLOAD]).setByte(UPLOAD - 1, (byte) 7);

    Answer answer = send(HttpMethod.POST, "/api/v1/cases/c1/files", file);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(file);
  }

  @Test
  void refusesAnnouncedBodiesAboveTheLimitWithoutTheService() {
    AtomicInteger calls = counted(Upstream.ARTIFACT);

    Answer answer =
        send(
            HttpMethod.POST,
            "/api/v1/cases/c1/files",
            Buffer.buffer(new byte[(int) TestSystem.MAX_BODY + 1]));

    assertProblem(answer, 413, "body-too-large");
    assertThat(calls).hasValue(0);
  }

  @Test
  void refusesUnannouncedBodiesAtTheLimit() {
    AtomicLong received = new AtomicLong();
    AtomicBoolean broken = new AtomicBoolean();
    system.behaves(
        Upstream.ARTIFACT,
        request -> {
          request.handler(chunk -> received.addAndGet(chunk.length()));
          request.exceptionHandler(failure -> broken.set(true));
        });
    HttpClientRequest upload = request(HttpMethod.POST, "/api/v1/cases/c1/files");
    upload.setChunked(true);
    upload.write(Buffer.buffer(new byte[(int) TestSystem.MAX_BODY + 1]));
    upload.end();

    assertProblem(await(upload.response().compose(ForwardingTest::whole)), 413, "body-too-large");
    await().untilTrue(broken);
    assertThat(received.get()).isLessThanOrEqualTo(TestSystem.MAX_BODY);
    assertThat(send(HttpMethod.GET, "/api/v1/cases", null).status()).isEqualTo(200);
  }

  @Test
  void bringsARefusalOfTheServiceToAClientThatStillSends() {
    system.behaves(
        Upstream.ARTIFACT,
        request -> {
          request.pause();
          request.response().setStatusCode(401).end("no");
        });
    HttpClientRequest upload = request(HttpMethod.POST, "/api/v1/cases/c1/files");
    upload.setChunked(true);
    upload.write("begin");

    Answer answer = await(upload.response().compose(ForwardingTest::whole));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.text()).isEqualTo("no");
    await(upload.end(Buffer.buffer(new byte[UPLOAD])));
  }

  @Test
  void answersTheExpectationOfAnUpload() throws Exception {
    system.behaves(
        Upstream.ARTIFACT,
        request -> request.body().onSuccess(body -> request.response().end(body)));
    try (RawConnection connection = new RawConnection(system.port())) {
      connection.request(
          "POST /api/v1/cases/c1/files HTTP/1.1",
          "Host: x",
          "Expect: 100-continue",
          "Content-Length: 4");
      assertThat(connection.answer()).startsWith("HTTP/1.1 100");
      assertThat(connection.send("body").answer()).startsWith("HTTP/1.1 200").endsWith("body");
    }
  }

  @Test
  void streamsEventsAndTellsTheServiceWhenTheClientLeaves() {
    AtomicBoolean left = new AtomicBoolean();
    system.behaves(
        Upstream.ARTIFACT,
        request -> {
          request.response().closeHandler(closed -> left.set(true));
          request
              .response()
              .putHeader("Content-Type", "text/event-stream")
              .setChunked(true)
              .write("data: one\n\n");
        });
    HttpClientRequest request = request(HttpMethod.GET, "/api/v1/files/f1/events");
    CompletableFuture<String> event = new CompletableFuture<>();
    request.send().onSuccess(response -> response.handler(data -> event.complete(data.toString())));

    assertThat(event).succeedsWithin(Duration.ofSeconds(10)).isEqualTo("data: one\n\n");
    request.connection().close();
    await().untilTrue(left);
  }

  @ParameterizedTest
  @CsvSource({"GET, 204", "GET, 304", "HEAD, 200", "DELETE, 204"})
  void leavesAnswersWithoutBodyWithoutBody(String method, int status) throws Exception {
    system.behaves(
        Upstream.CASE,
        request -> {
          if (request.method().equals(HttpMethod.HEAD)) {
            request.response().putHeader("Content-Length", "42");
          }
          request.response().setStatusCode(status).putHeader("ETag", "\"e\"").end();
        });
    try (RawConnection connection = new RawConnection(system.port())) {
      String head = connection.request(method + " /api/v1/cases/c1 HTTP/1.1", "Host: x").head();
      assertThat(head).startsWith("HTTP/1.1 " + status).doesNotContainIgnoringCase("chunked");
      // The connection is where the next request expects it: nothing of a body was sent.
      String next = connection.request("GET /q/health/live HTTP/1.1", "Host: x").answer();
      assertThat(next).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void saysWhenAServiceIsDown() {
    system.stop(Upstream.KNOWLEDGE);

    Answer answer = send(HttpMethod.GET, "/api/v1/kb/global/documents?secret=1", null);

    JsonObject problem = assertProblem(answer, 503, "service-unavailable");
    assertThat(answer.headers().get("Retry-After")).isEqualTo("2");
    assertThat(problem.getString("detail")).contains("knowledge-service");
    assertThat(problem.getString("instance")).isEqualTo("/api/v1/kb/global/documents");
    assertThat(problem.getString("trace_id")).matches("[0-9a-f]{32}");
  }

  @Test
  void saysWhenAServiceIsDownDuringAnUpload() {
    system.stop(Upstream.ARTIFACT);

    Answer answer =
        send(HttpMethod.POST, "/api/v1/cases/c1/files", Buffer.buffer(new byte[UPLOAD]));

    assertProblem(answer, 503, "service-unavailable");
  }

  @Test
  void saysWhenAServiceBreaksOff() {
    system.behaves(Upstream.CASE, request -> request.connection().close());

    assertProblem(
        send(HttpMethod.POST, "/api/v1/cases", Buffer.buffer("{}")),
        502,
        "upstream-connection-lost");
  }

  @Test
  void saysWhenAServiceDoesNotAnswer() {
    try (TestSystem impatient = new TestSystem(Map.of("FAULTMAVEN_GATEWAY_IDLE_SECONDS", "1"))) {
      CompletableFuture<Void> asked = new CompletableFuture<>();
      impatient.behaves(Upstream.CASE, request -> asked.complete(null));
      RequestOptions options = new RequestOptions().setAbsoluteURI(impatient.url("/api/v1/cases"));

      assertProblem(send(options, null), 504, "upstream-timeout");
      assertThat(asked).isCompleted();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/users/../internal/export/u1",
        "/api/v1/users/%2e%2e/internal/export/u1",
        "/api/v1/cases/..%2f..%2finternal",
        "/api/v1//internal"
      })
  void refusesPathsThatClimb(String target) throws Exception {
    AtomicInteger calls = counted(Upstream.values());
    try (RawConnection connection = new RawConnection(system.port())) {
      String answer = connection.request("GET " + target + " HTTP/1.1", "Host: x").answer();
      assertThat(answer).startsWith("HTTP/1.1 400").contains("malformed-path");
    }
    assertThat(calls).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/internal/export/u1", "/q/openapi", "/q/dev", "/nowhere"})
  void answersUnknownAndInternalPathsItself(String path) {
    AtomicInteger calls = counted(Upstream.values());

    assertProblem(send(HttpMethod.GET, path, null), 404, "not-found");
    assertThat(calls).hasValue(0);
  }

  @Test
  void refusesRequestsThatCannotBeRead() throws IOException {
    assertThat(raw("GET /" + "a".repeat(9_000) + " HTTP/1.1", "Host: x"))
        .contains(" 414 ", "target-too-long");
    assertThat(raw("GET / HTTP/1.1", "Host: x", "X-Big: " + "a".repeat(20_000)))
        .contains(" 431 ", "headers-too-large");
    assertThat(raw("TRACE /api/v1/cases HTTP/1.1", "Host: x"))
        .contains(" 405 ", "method-not-allowed");
  }

  private String raw(String... lines) throws IOException {
    try (RawConnection connection = new RawConnection(system.port())) {
      return connection.request(lines).answer();
    }
  }

  private AtomicInteger counted(Upstream... upstreams) {
    AtomicInteger calls = new AtomicInteger();
    for (Upstream upstream : upstreams) {
      system.behaves(
          upstream,
          request -> {
            calls.incrementAndGet();
            request.response().end();
          });
    }
    return calls;
  }

  private RequestOptions options(HttpMethod method, String path) {
    return new RequestOptions().setMethod(method).setAbsoluteURI(system.url(path));
  }

  private HttpClientRequest request(HttpMethod method, String path) {
    return await(client.request(options(method, path)));
  }

  private Answer send(HttpMethod method, String path, @Nullable Buffer body) {
    return send(options(method, path), body);
  }

  private Answer send(RequestOptions options, @Nullable Buffer body) {
    Promise<Answer> answer = Promise.promise();
    // On one event loop throughout: asked from outside, the body may be over before it is asked
    // for.
    system
        .vertx()
        .runOnContext(
            begin ->
                client
                    .request(options)
                    .compose(request -> body == null ? request.send() : request.send(body))
                    .compose(ForwardingTest::whole)
                    .onComplete(answer));
    return await(answer.future());
  }

  private static Future<Answer> whole(HttpClientResponse response) {
    return response.body().map(body -> new Answer(response.statusCode(), response.headers(), body));
  }

  private static JsonObject assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().get("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.headers().contains("X-Request-Id")).isTrue();
    JsonObject problem = new JsonObject(answer.text());
    assertThat(problem.getInteger("status")).isEqualTo(status);
    assertThat(problem.getString("code")).isEqualTo(code);
    return problem;
  }

  private record Answer(int status, MultiMap headers, Buffer body) {
    String text() {
      return body.toString();
    }
  }
}
