package com.faultmaven.artifact.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.faultmaven.artifact.Neighbours;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(S3AwayTest.NoS3.class)
@WithTestResource(ServersResource.class)
@WithTestResource(Neighbours.class)
class S3AwayTest {
  /** Nobody listens on port 1. */
  public static final class NoS3 implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("quarkus.s3.endpoint-override", "http://127.0.0.1:1");
    }
  }

  @Inject Pool pool;

  private final String caseId = Ids.next();
  private final FileApiClient owner = new FileApiClient(Ids.next());

  @Test
  void keepsNothingAndSaysSo() {
    owner
        .upload(caseId, "app.log", "2026-01-15T10:00:00Z ERROR refused\n")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue())
        .body("code", equalTo("store-unavailable"));

    assertThat(count("SELECT count(*) FROM uploaded_files WHERE case_id = $1")).isZero();
    assertThat(count("SELECT count(*) FROM outbox WHERE aggregate_id = $1")).isZero();
  }

  @Test
  void deletesTheObjectLater() {
    String fileId = Ids.next();
    run("INSERT INTO cases VALUES ($1, 'u', 'investigating', now())", caseId);
    run(
        """
        INSERT INTO uploaded_files (file_id, case_id, filename, data_type, size_bytes, s3_key,
          preprocessing_status, uploaded_at, uploaded_by, content_type, sha256)
        VALUES ($1, '%s', 'a.log', 'logs_and_errors', 1, $1, 'completed', now(), 'u', 'text/plain',
          'x')
        """
            .formatted(caseId),
        fileId);
    FileApiClient user = new FileApiClient("u");
    user.request().get("/api/v1/files/" + fileId + "/content").then().statusCode(503);

    user.request().delete("/api/v1/files/" + fileId).then().statusCode(204);

    assertThat(count("SELECT count(*) FROM uploaded_files WHERE case_id = $1")).isZero();
    assertThat(
            pool.preparedQuery("SELECT 1 FROM object_deletions WHERE s3_key = $1")
                .execute(Tuple.of(fileId))
                .await()
                .atMost(Duration.ofSeconds(20))
                .rowCount())
        .isEqualTo(1);
  }

  private long count(String sql) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(caseId))
        .await()
        .atMost(Duration.ofSeconds(20))
        .iterator()
        .next()
        .getLong(0);
  }

  private void run(String sql, String id) {
    pool.preparedQuery(sql).execute(Tuple.of(id)).await().atMost(Duration.ofSeconds(20));
  }
}
