package com.faultmaven.knowledge.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a table of realistic size the statements of every request go through an index. */
@QuarkusTest
@TestProfile(QueryPlansTest.NothingIsIndexed.class)
@WithTestResource(ServersResource.class)
class QueryPlansTest {
  /** The rows of this test are no documents. */
  public static final class NothingIsIndexed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("faultmaven.knowledge.indexing-interval", "PT1H");
    }
  }

  @Inject Pool pool;

  @BeforeEach
  void fill() {
    done(
        pool.query(
                """
                INSERT INTO knowledge_documents (collection, document_id, user_id, title, content,
                  document_type, metadata, tags, size_bytes, redactions, revision, status,
                  next_attempt_at, created_at, updated_at)
                SELECT 'user_kb_' || n % 100, n::text, 'u', 'Title', repeat('x', 200), 'runbook',
                  '{}', ARRAY['t' || n % 50], 200, '{}', 1,
                  CASE WHEN n % 500 = 0 THEN 'pending' ELSE 'indexed' END, now(),
                  now() - n * interval '1 minute', now()
                FROM generate_series(1, 20000) AS n
                ON CONFLICT DO NOTHING
                """)
            .execute());
    done(
        pool.query(
                """
                INSERT INTO cases (case_id, user_id, seen_at)
                SELECT 'c' || n, 'u' || n, now() FROM generate_series(1, 20000) AS n
                ON CONFLICT DO NOTHING
                """)
            .execute());
    done(pool.query("ANALYZE knowledge_documents").execute());
    done(pool.query("ANALYZE cases").execute());
  }

  @Test
  void listsByIndex() {
    assertThat(plan(PostgresDocuments.LIST, Tuple.of("user_kb_7", null, null, null, 50, 0)))
        .contains("Index Scan using idx_documents_newest")
        .doesNotContain("Seq Scan");
  }

  @Test
  void claimsByIndex() {
    assertThat(plan(PostgresIndexQueue.DUE, Tuple.of(OffsetDateTime.now(ZoneOffset.UTC), 2)))
        .contains("Index Scan using idx_documents_due")
        .doesNotContain("Seq Scan");
  }

  @Test
  void erasesAndExportsByIndex() {
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    Map<String, Tuple> statements =
        Map.of(
            StoredUserData.DOCUMENTS, Tuple.of("7", "", 100),
            StoredUserData.ERASE_DOCUMENTS, Tuple.of("user_kb_7"),
            StoredUserData.DISOWN_DOCUMENTS, Tuple.of("u"),
            StoredUserData.CASE_IDS, Tuple.of("u7"),
            StoredUserData.DISOWN_CASES, Tuple.of("u7", now));
    statements.forEach(
        (statement, row) ->
            assertThat(plan(statement, row)).contains("Index").doesNotContain("Seq Scan"));
  }

  private String plan(String statement, Tuple row) {
    StringBuilder plan = new StringBuilder();
    for (Row line : done(pool.preparedQuery("EXPLAIN " + statement).execute(row))) {
      plan.append(line.getString(0)).append('\n');
    }
    return plan.toString();
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(30));
  }
}
