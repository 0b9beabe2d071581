package com.faultmaven.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String GET = "GET /api/v1/cases HTTP/1.1";
  private static final String UPLOAD = "POST /api/v1/cases/c1/files HTTP/1.1";

  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();

  @Test
  void refusesOneClientsRequestsAboveItsShare() throws Exception {
    try (TestSystem system = system("MAX_REQUESTS_PER_CLIENT", "2");
        RawConnection first = new RawConnection(system.port());
        RawConnection second = new RawConnection(system.port())) {
      system.behaves(Upstream.CASE, held::add);
      first.request(GET, "Host: x");
      second.request(GET, "Host: x");
      await().until(() -> held.size() == 2);

      assertThat(ask(system, GET))
          .startsWith("HTTP/1.1 429")
          .contains("too-many-requests-at-once", "Retry-After: 2\r\n");
      assertThat(ask(system, "GET /q/health HTTP/1.1")).startsWith("HTTP/1.1 200");

      held.remove().response().end("late");
      held.remove().response().end("late");
      assertThat(first.answer()).endsWith("late");
      assertThat(second.answer()).endsWith("late");
      system.behaves(Upstream.CASE, request -> request.response().end());
      assertThat(ask(system, GET)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void countsClientsBehindATrustedProxyApart() throws Exception {
    try (TestSystem system =
            new TestSystem(
                Map.of(
                    "FAULTMAVEN_GATEWAY_MAX_REQUESTS_PER_CLIENT", "1",
                    "FAULTMAVEN_GATEWAY_TRUSTED_PROXIES", "127.0.0.1"));
        RawConnection busy = new RawConnection(system.port())) {
      system.behaves(Upstream.CASE, held::add);
      busy.request(GET, "Host: x", "X-Forwarded-For: 192.0.2.1");
      await().until(() -> held.size() == 1);
      system.behaves(Upstream.CASE, request -> request.response().end());

      assertThat(ask(system, GET, "X-Forwarded-For: 192.0.2.1")).startsWith("HTTP/1.1 429");
      assertThat(ask(system, GET, "X-Forwarded-For: 192.0.2.2")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void givesPlaceAndConnectionBackWhenTheClientLeaves() throws Exception {
    try (TestSystem system = system("MAX_REQUESTS_PER_CLIENT", "1")) {
      AtomicBoolean waitingGone = new AtomicBoolean();
      assertGivenBack(
          system, GET, request -> request.connection().closeHandler(c -> waitingGone.set(true)));
      await().untilTrue(waitingGone);

      AtomicBoolean streamGone = new AtomicBoolean();
      assertGivenBack(
          system,
          GET,
          request -> {
            request.connection().closeHandler(c -> streamGone.set(true));
            request.response().setChunked(true).write("data: 1\n\n");
          });
      await().untilTrue(streamGone);

      AtomicBoolean uploadGone = new AtomicBoolean();
      assertGivenBack(
          system, UPLOAD, request -> request.exceptionHandler(e -> uploadGone.set(true)));
      await().untilTrue(uploadGone);
    }
  }

  @Test
  void givesPlacesBackWhenTheServiceFails() throws Exception {
    try (TestSystem system =
        new TestSystem(
            Map.of(
                "FAULTMAVEN_GATEWAY_MAX_REQUESTS_PER_CLIENT", "1",
                "FAULTMAVEN_GATEWAY_IDLE_SECONDS", "1"))) {
      system.behaves(Upstream.CASE, request -> request.connection().close());
      assertThat(ask(system, GET)).startsWith("HTTP/1.1 502");
      system.behaves(Upstream.CASE, held::add);
      assertThat(ask(system, GET)).startsWith("HTTP/1.1 504");
      system.stop(Upstream.CASE);
      assertThat(ask(system, GET)).startsWith("HTTP/1.1 503").contains("service-unavailable");
      assertThat(ask(system, "GET /api/v1/kb HTTP/1.1")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void givesABodyUpThatTakesTooLong() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    try (TestSystem system = system("BODY_SECONDS", "1");
        RawConnection slow = new RawConnection(system.port())) {
      system.behaves(Upstream.ARTIFACT, request -> request.exceptionHandler(e -> broken.set(true)));

      slow.request(UPLOAD, "Host: x", "Content-Length: 1000").send("begin");

      assertThat(slow.answer())
          .startsWith("HTTP/1.1 408")
          .containsIgnoringCase("connection: close")
          .contains("body-too-slow");
      assertThat(slow.head()).as("the connection is closed").isEmpty();
      await().untilTrue(broken);
    }
  }

  @Test
  void closesTheConnectionOfABodyThatGoesOnAfterItsAnswer() throws Exception {
    try (TestSystem system = system("BODY_SECONDS", "1");
        RawConnection refusedHere = new RawConnection(system.port());
        RawConnection refusedThere = new RawConnection(system.port())) {
      system.behaves(Upstream.ARTIFACT, request -> request.response().setStatusCode(401).end("no"));

      refusedHere.request("POST /../x HTTP/1.1", "Host: x", "Content-Length: 9").send("begin");
      refusedThere.request(UPLOAD, "Host: x", "Content-Length: 9").send("begin");

      assertThat(refusedHere.answer()).startsWith("HTTP/1.1 400");
      assertThat(refusedThere.answer()).startsWith("HTTP/1.1 401");
      assertThat(refusedHere.head()).isEmpty();
      assertThat(refusedThere.head()).isEmpty();
    }
  }

  @Test
  void leavesALongAnswerToAShortBodyAlone() throws Exception {
    try (TestSystem system = system("BODY_SECONDS", "1");
        RawConnection connection = new RawConnection(system.port())) {
      system.behaves(
          Upstream.ARTIFACT,
          request ->
              request
                  .body()
                  .onSuccess(
                      body ->
                          system.vertx().setTimer(1_500, time -> request.response().end("done"))));
      connection.request(UPLOAD, "Host: x", "Content-Length: 5").send("whole");

      assertThat(connection.answer()).startsWith("HTTP/1.1 200").endsWith("done");
    }
  }

  @Test
  void forgetsClientsWithoutRequests() {
    ClientLimit limit = new ClientLimit(2);

    assertThat(limit.enter("a")).isTrue();
    assertThat(limit.enter("a")).isTrue();
    assertThat(limit.enter("a")).isFalse();
    assertThat(limit.enter("b")).isTrue();
    assertThat(limit.clients()).isEqualTo(2);
    limit.leave("a");
    assertThat(limit.enter("a")).isTrue();
    limit.leave("a");
    limit.leave("a");
    limit.leave("b");
    assertThat(limit.clients()).isZero();
  }

  private void assertGivenBack(
      TestSystem system, String target, Handler<HttpServerRequest> behaviour) throws IOException {
    for (Upstream upstream : Upstream.values()) {
      system.behaves(
          upstream,
          request -> {
            behaviour.handle(request);
            held.add(request);
          });
    }
    held.clear();
    try (RawConnection leaving = new RawConnection(system.port())) {
      leaving.request(target, "Host: x", "Content-Length: " + (target.equals(GET) ? 0 : 9));
      if (!target.equals(GET)) {
        leaving.send("begin");
      }
      await().until(() -> held.size() == 1);
      assertThat(ask(system, GET)).startsWith("HTTP/1.1 429");
    }
    for (Upstream upstream : Upstream.values()) {
      system.behaves(upstream, request -> request.response().end());
    }
    await().untilAsserted(() -> assertThat(ask(system, GET)).startsWith("HTTP/1.1 200"));
  }

  private static TestSystem system(String setting, String value) {
    return new TestSystem(Map.of("FAULTMAVEN_GATEWAY_" + setting, value));
  }

  private static String ask(TestSystem system, String target, String... headers)
      throws IOException {
    try (RawConnection connection = new RawConnection(system.port())) {
      String[] lines = new String[headers.length + 2];
      lines[0] = target;
      lines[1] = "Host: x";
      System.arraycopy(headers, 0, lines, 2, headers.length);
      return connection.request(lines).answer();
    }
  }
}
