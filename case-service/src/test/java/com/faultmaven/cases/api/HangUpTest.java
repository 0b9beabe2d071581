package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasSize;

import com.faultmaven.cases.domain.CaseCache;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.common.testing.TestTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Clients that ask and hang up before they have an answer. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class HangUpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String MESSAGE =
      "{\"message_type\": \"user_query\", \"role\": \"user\", \"content\": \"Anybody there?\"}";

  @Inject CaseCache cache;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @ConfigProperty(name = "faultmaven.db.pool.size")
  int connections;

  private final String user = Ids.next();

  @Test
  void theServiceGoesOnServingTheOthers() throws IOException {
    String caseId = open(user);
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 20 * connections; i++) {
      clients.add(ask("GET", "/api/v1/cases/" + caseId, ""));
    }
    for (Socket client : clients) {
      client.close();
    }

    for (int i = 0; i < 2 * connections; i++) {
      read(user, caseId);
    }
  }

  @Test
  void whatTheyHaveWrittenShowsInTheNextRead() throws IOException {
    String caseId = open(user);
    String before = loadAndKeep(caseId);

    ask("POST", "/api/v1/cases/" + caseId + "/messages", MESSAGE).close();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                as(user)
                    .get("/api/v1/cases/{id}/messages", caseId)
                    .then()
                    .statusCode(200)
                    .body("items", hasSize(1)));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(load(caseId)).isNotEqualTo(before));
    read(user, caseId).body("messages", hasSize(1));
  }

  private String load(String caseId) {
    return read(user, caseId).extract().asString();
  }

  private String loadAndKeep(String caseId) {
    load(caseId);
    String json = load(caseId);
    await()
        .atMost(PATIENCE)
        .until(() -> cache.find(caseId).await().atMost(PATIENCE).copy().isPresent());
    return json;
  }

  /** Sends a request and reads nothing. */
  private Socket ask(String method, String path, String body) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    String request =
        """
        %s %s HTTP/1.1
        Host: localhost
        Authorization: Bearer %s
        Content-Type: application/json
        Content-Length: %d

        %s"""
            .formatted(method, path, TestTokens.bearer(user), body.length(), body);
    client.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
    return client;
  }
}
