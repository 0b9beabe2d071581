package com.faultmaven.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpLoadTest {
  private final AtomicInteger served = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private URI url;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.setExecutor(threads);
    url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    server.createContext(
        "/ok",
        exchange -> answer(exchange, 200, "{\"next\":\"" + served.incrementAndGet() + "\"}"));
    server.createContext("/broken", exchange -> answer(exchange, 500, "{}"));
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void countsEveryAnswer() throws IOException {
    byte[] request = new HttpRequests(url).get("/ok", "t");
    try (HttpLoad load =
        HttpLoad.open(
            url, List.of(HttpRequests.repeating(request), HttpRequests.repeating(request)))) {
      Figures first = load.saturate(Duration.ofMillis(200));
      Figures second = load.saturate(Duration.ofMillis(200));

      assertThat(first.requests() + second.requests()).isEqualTo(served.get()).isPositive();
    }
  }

  @Test
  void makesARequestFromTheAnswerBefore() throws IOException {
    List<String> paths = new ArrayList<>();
    server.createContext(
        "/chain",
        exchange -> {
          paths.add(exchange.getRequestURI().toString());
          answer(exchange, 200, "{\"next\":\"" + paths.size() + "\"}");
        });
    HttpCaller chain =
        new HttpCaller() {
          private String last = "0";

          @Override
          public byte[] next() {
            return new HttpRequests(url).post("/chain?" + last, "{}");
          }

          @Override
          public void answered(HttpAnswer answer) throws IOException {
            last = answer.field("next");
          }

          @Override
          public boolean hasNext() {
            return !last.equals("5");
          }
        };
    try (HttpLoad load = HttpLoad.open(url, List.of(chain))) {
      assertThat(load.saturate(Duration.ofSeconds(30)).requests()).isEqualTo(5);
    }
    assertThat(paths).containsExactly("/chain?0", "/chain?1", "/chain?2", "/chain?3", "/chain?4");
  }

  @Test
  void sendsAtItsRateOnFewConnections() throws IOException {
    byte[] request = new HttpRequests(url).get("/ok", "t");
    try (HttpLoad load = HttpLoad.open(url, List.of(HttpRequests.repeating(request)))) {
      Figures figures = load.atRate(100, Duration.ofMillis(500));

      assertThat(figures.requests()).isEqualTo(50).isEqualTo(served.get());
      assertThat(figures.perSecond()).isLessThan(110);
    }
  }

  /** The first answer takes 400 ms: of the others, one was due each 10 ms and had to wait. */
  @Test
  void countsTheWaitOfRequestsThatFoundNoFreeConnection() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    server.createContext(
        "/slow-once",
        exchange -> {
          if (served.incrementAndGet() == 1) {
            hold(never, 400);
          }
          answer(exchange, 200, "{}");
        });
    byte[] request = new HttpRequests(url).get("/slow-once", "t");
    try (HttpLoad load = HttpLoad.open(url, List.of(HttpRequests.repeating(request)))) {
      Figures figures = load.atRate(100, Duration.ofMillis(400));

      assertThat(figures.requests()).isEqualTo(40);
      assertThat(figures.p99()).isGreaterThan(390);
      // Had they counted from when they were sent, half of them would have taken next to nothing.
      assertThat(figures.p50()).isGreaterThan(150);
    }
  }

  @Test
  void endsAtTheFirstAnswerThatIsNone() throws IOException {
    byte[] request = new HttpRequests(url).get("/broken", "t");
    try (HttpLoad load = HttpLoad.open(url, List.of(HttpRequests.repeating(request)))) {
      assertThatThrownBy(() -> load.saturate(Duration.ofSeconds(10)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("500");
    }
  }

  private static void hold(CountDownLatch latch, long millis) throws IOException {
    try {
      if (latch.await(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("nobody opens this latch");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = body.getBytes(US_ASCII);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
