package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.legacy.Flaw;
import com.faultmaven.cases.domain.legacy.ImportRecords;
import com.faultmaven.cases.domain.legacy.Refusal;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Tables {@code case_imports} and {@code case_import_refusals}. */
@ApplicationScoped
public class ImportedCases implements ImportRecords {
  static final String FINGERPRINT = "SELECT fingerprint FROM case_imports WHERE case_id = $1";
  static final String REFUSALS =
      """
      SELECT position, redis_key, field, reason FROM case_import_refusals
      WHERE run_id = $1 AND position > $2 ORDER BY position LIMIT $3
      """;
  private static final String REMEMBER =
      """
      INSERT INTO case_imports (case_id, fingerprint, imported_at) VALUES ($1, $2, $3)
      ON CONFLICT (case_id) DO NOTHING
      """;
  private static final String REFUSE =
      """
      INSERT INTO case_import_refusals (run_id, redis_key, field, reason)
      SELECT $1, $2, flaw.field, flaw.reason
      FROM unnest($3::TEXT[], $4::TEXT[]) WITH ORDINALITY AS flaw (field, reason, place)
      ORDER BY flaw.place
      """;
  private static final int MAX_KEY = 500;

  private final Transactions transactions;

  /** Wires the bean. */
  @Inject
  public ImportedCases(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Uni<Optional<String>> fingerprint(String caseId) {
    return transactions.withConnection(
        connection ->
            connection
                .preparedQuery(FINGERPRINT)
                .execute(Tuple.of(caseId))
                .map(
                    rows ->
                        rows.size() == 0
                            ? Optional.empty()
                            : Optional.of(rows.iterator().next().getString(0))));
  }

  @Override
  public Uni<Void> remember(SqlConnection tx, String caseId, String fingerprint, Instant at) {
    return tx.preparedQuery(REMEMBER)
        .execute(Tuple.of(caseId, fingerprint, Rows.utc(at)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> refuse(String runId, String key, List<Flaw> flaws) {
    Tuple line =
        Tuple.of(
            runId,
            shown(key),
            flaws.stream().map(Flaw::field).toArray(String[]::new),
            flaws.stream().map(Flaw::reason).toArray(String[]::new));
    return transactions.withConnection(
        connection -> connection.preparedQuery(REFUSE).execute(line).replaceWithVoid());
  }

  /** A key may hold what PostgreSQL does not. */
  private static String shown(String key) {
    String clean = key.replace('\0', '\uFFFD');
    return clean.length() > MAX_KEY ? clean.substring(0, MAX_KEY) + "…" : clean;
  }

  @Override
  public Uni<List<Refusal>> refusals(String runId, long after, int limit) {
    return transactions.withConnection(
        connection ->
            connection
                .preparedQuery(REFUSALS)
                .execute(Tuple.of(runId, after, limit))
                .map(
                    rows ->
                        StreamSupport.stream(rows.spliterator(), false)
                            .map(
                                row ->
                                    new Refusal(
                                        row.getLong("position"),
                                        row.getString("redis_key"),
                                        row.getString("field"),
                                        row.getString("reason")))
                            .toList()));
  }
}
