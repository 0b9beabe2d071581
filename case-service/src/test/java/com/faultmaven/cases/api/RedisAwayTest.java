package com.faultmaven.cases.api;

import static com.faultmaven.cases.api.CaseCalls.addEvidence;
import static com.faultmaven.cases.api.CaseCalls.as;
import static com.faultmaven.cases.api.CaseCalls.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;

import com.faultmaven.cases.Database;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without Redis everything works, and copies that others may still hold count no more. */
@QuarkusTest
@TestProfile(RedisAwayTest.NoRedis.class)
@WithTestResource(ServersResource.class)
class RedisAwayTest {
  /** Nobody listens on port 1. */
  public static final class NoRedis implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("faultmaven.redis.url", "redis://127.0.0.1:1");
    }
  }

  @Inject Pool pool;

  @Test
  void everyWriteBeginsAnEpoch() {
    String user = Ids.next();
    String caseId = open(user);
    long before = epoch();

    addEvidence(user, caseId, "seen");

    assertThat(epoch()).isGreaterThan(before);
    as(user)
        .get("/api/v1/cases/{id}", caseId)
        .then()
        .statusCode(200)
        .body("evidence.content", contains("seen"));
  }

  private long epoch() {
    return Database.number(pool, "SELECT epoch FROM case_cache_epoch WHERE $1::boolean", true);
  }
}
