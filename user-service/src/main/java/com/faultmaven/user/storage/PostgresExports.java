package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.user.domain.privacy.Export;
import com.faultmaven.user.domain.privacy.ExportStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Table {@code exports} in {@code auth_db}. */
@ApplicationScoped
public class PostgresExports implements ExportStore {
  private static final String SELECT =
      "SELECT export_id, user_id, requested_by, requested_at, expires_at FROM exports ";
  static final String FIND = SELECT + "WHERE export_id = $1";
  static final String FIND_OPEN =
      SELECT
          + """
          WHERE user_id = $1 AND requested_by = $2 AND expires_at > $3
          ORDER BY expires_at DESC LIMIT 1
          """;
  private static final String ADD =
      """
      INSERT INTO exports (export_id, user_id, requested_by, requested_at, expires_at)
      SELECT $1, user_id, $3, $4, $5 FROM users WHERE user_id = $2
      """;

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresExports(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Optional<Export>> find(String exportId) {
    return pool.preparedQuery(FIND).execute(Tuple.of(exportId)).map(PostgresExports::export);
  }

  @Override
  public Uni<Optional<Export>> findOpen(
      SqlConnection transaction, String userId, String requestedBy, Instant at) {
    return transaction
        .preparedQuery(FIND_OPEN)
        .execute(Tuple.of(userId, requestedBy, Rows.utc(at)))
        .map(PostgresExports::export);
  }

  @Override
  public Uni<Boolean> add(SqlConnection transaction, Export export) {
    Tuple row =
        Tuple.of(
            export.exportId(),
            export.userId(),
            export.requestedBy(),
            Rows.utc(export.requestedAt()),
            Rows.utc(export.expiresAt()));
    return transaction.preparedQuery(ADD).execute(row).map(rows -> rows.rowCount() == 1);
  }

  private static Optional<Export> export(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(
            row ->
                new Export(
                    row.getString("export_id"),
                    row.getString("user_id"),
                    row.getString("requested_by"),
                    Rows.instant(row, "requested_at"),
                    Rows.instant(row, "expires_at")))
        .findFirst();
  }
}
