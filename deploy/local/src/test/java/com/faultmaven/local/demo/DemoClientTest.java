package com.faultmaven.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoClientTest {
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile List<Integer> statuses = List.of(201);

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
    int status = statuses.get(Math.min(keys.size(), statuses.size()) - 1);
    byte[] body =
        "{\"case_id\":\"c-1\",\"code\":\"some-problem\"}".getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private DemoClient client() {
    return new DemoClient(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), notes::add);
  }

  @Test
  void repeatsWithTheSameKeyWhileAServiceIsAway() throws InterruptedException {
    statuses = List.of(503, 502, 201);
    DemoClient.Answer answer = client().create("/api/v1/cases", Map.of("title", "t")).expect(201);
    assertThat(answer.text("case_id")).isEqualTo("c-1");
    assertThat(answer.attempts()).isEqualTo(3);
    assertThat(keys).hasSize(3);
    assertThat(keys.stream().distinct()).hasSize(1);
    assertThat(bodies.stream().distinct()).containsExactly("{\"title\":\"t\"}");
    assertThat(notes).hasSize(2);
    assertThat(notes.getFirst()).contains("POST /api/v1/cases", "status 503");
    assertThat(notes.getLast()).contains("answered after");
  }

  @Test
  void repeatsWhenNothingListens() throws IOException, InterruptedException {
    InetSocketAddress address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = new InetSocketAddress(free.getInetAddress(), free.getLocalPort());
    }
    HttpServer late = HttpServer.create();
    late.createContext("/", this::answer);
    DemoClient client =
        new DemoClient(
            URI.create("http://127.0.0.1:" + address.getPort()),
            note -> {
              notes.add(note);
              if (notes.size() == 1) {
                start(late, address);
              }
            });
    client.create("/", Map.of()).expect(201);
    late.stop(0);
    assertThat(notes.getFirst()).contains("ConnectException");
  }

  private static void start(HttpServer server, InetSocketAddress address) {
    try {
      server.bind(address, 0);
      server.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void showsRequestStatusAndBodyOfAWrongAnswer() throws InterruptedException {
    statuses = List.of(422);
    DemoClient.Answer answer = client().post("/api/v1/cases", Map.of());
    assertThatThrownBy(() -> answer.expect(201))
        .isInstanceOf(DemoFailure.class)
        .hasMessageContaining("POST http://127.0.0.1")
        .hasMessageContaining("expected  status 201")
        .hasMessageContaining("status    422")
        .hasMessageContaining("some-problem");
    assertThat(answer.attempts()).isEqualTo(1);
    assertThat(keys).containsExactly("null");
  }

  @Test
  void uploadsFieldsBeforeTheFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("a.log"), "one\ntwo\n");
    client().upload("/files", file, Map.of("processing_mode", "overview_cached")).expect(201);
    assertThat(bodies.getFirst())
        .containsSubsequence(
            "name=\"processing_mode\"",
            "overview_cached",
            "filename=\"a.log\"",
            "one\ntwo\n",
            "--");
  }
}
