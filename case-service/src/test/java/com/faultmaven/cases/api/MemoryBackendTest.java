package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.become;
import static com.faultmaven.cases.api.CaseCalls.open;
import static com.faultmaven.cases.api.CaseCalls.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The backend {@code memory}. */
@QuarkusTest
@TestProfile(MemoryBackendTest.Backend.class)
@WithTestResource(ServersResource.class)
class MemoryBackendTest {
  /** Cases in memory. */
  public static final class Backend implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("faultmaven.cases.backend", "memory");
    }
  }

  @Inject Pool pool;

  @Test
  void servesCasesWithoutStoringThem() {
    String owner = Ids.next();
    String caseId = open(owner);
    addEvidence(owner, caseId, "seen");
    become(owner, caseId, "investigating").then().statusCode(200);

    read(owner, caseId)
        .body("status", equalTo("investigating"))
        .body("evidence", hasSize(1))
        .body("status_transitions", hasSize(1));
    as(owner).get("/api/v1/cases").then().body("items", hasSize(1));
    assertThat(pool.query("SELECT 1 FROM cases").execute().await().atMost(Duration.ofSeconds(20)))
        .isEmpty();
  }
}
