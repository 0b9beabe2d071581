package com.faultmaven.knowledge.api;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ChromaAwayTest.NoChroma.class)
@WithTestResource(ServersResource.class)
class ChromaAwayTest {
  /** Nobody listens on port 1. */
  public static final class NoChroma implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "faultmaven.chroma.url", "http://127.0.0.1:1",
          "faultmaven.knowledge.wait-limit", "PT1S");
    }
  }

  @Test
  void keepsDocumentsAndSaysThatTheyWait() {
    Kb kb = Kb.ofNewUser();
    kb.add(Map.of("document_id", "d", "content", "Etcd needs a quorum.")).statusCode(201);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                kb.call()
                    .get(kb.path() + "/documents/d")
                    .then()
                    .statusCode(200)
                    .body("error", containsString("waits")));
  }

  @Test
  void answersSearchesWith503() {
    Kb kb = Kb.ofNewUser();
    kb.search("etcd", 1)
        .statusCode(503)
        .header("Retry-After", notNullValue())
        .body("code", equalTo("store-unavailable"));
    kb.ask("etcd?").statusCode(503);
  }
}
