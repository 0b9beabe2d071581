package com.faultmaven.session.storage;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.session.domain.EndReason;
import com.faultmaven.session.domain.EndedSession;
import com.faultmaven.session.domain.SessionArchive;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The archive in the table {@code archived_sessions}. */
@ApplicationScoped
public class PostgresSessionArchive implements SessionArchive {
  private static final String ADD =
      """
      INSERT INTO archived_sessions (session_id, user_id, client_id, created_at, last_activity,
        data_uploads, case_history, ttl_seconds, ended_at, end_reason)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (session_id) DO NOTHING
      """;

  private static final String OWNER = "SELECT user_id FROM archived_sessions WHERE session_id = $1";

  private static final String COLUMNS =
      """
      SELECT session_id, user_id, client_id, created_at, last_activity, data_uploads,
        case_history, ttl_seconds, ended_at, end_reason
      FROM archived_sessions
      """;

  private static final String FIRST_PAGE =
      COLUMNS + "WHERE user_id = $1 ORDER BY ended_at DESC, session_id DESC LIMIT $2";

  private static final String NEXT_PAGE =
      COLUMNS
          + """
          WHERE user_id = $1 AND (ended_at, session_id) < ($3, $4)
          ORDER BY ended_at DESC, session_id DESC LIMIT $2
          """;

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresSessionArchive(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Boolean> add(SqlConnection transaction, EndedSession ended) {
    Session session = ended.session();
    Tuple row =
        Tuple.tuple()
            .addString(session.sessionId())
            .addString(session.userId())
            .addString(session.clientId())
            .addOffsetDateTime(Rows.utc(session.createdAt()))
            .addOffsetDateTime(Rows.utc(session.lastActivity()))
            .addArrayOfString(session.dataUploads().toArray(String[]::new))
            .addArrayOfString(session.caseHistory().toArray(String[]::new))
            .addLong(session.ttlSeconds())
            .addOffsetDateTime(Rows.utc(ended.endedAt()))
            .addString(ended.reason().wireName());
    return transaction.preparedQuery(ADD).execute(row).map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<Optional<String>> ownerOf(String sessionId) {
    return run(OWNER, Tuple.of(sessionId))
        .map(
            rows -> {
              var row = rows.iterator();
              return row.hasNext()
                  ? Optional.of(row.next().getString("user_id"))
                  : Optional.empty();
            });
  }

  @Override
  public Uni<List<EndedSession>> ofUser(String userId, @Nullable Cursor after, int limit) {
    return after == null
        ? run(FIRST_PAGE, Tuple.of(userId, limit)).map(PostgresSessionArchive::ended)
        : run(NEXT_PAGE, Tuple.of(userId, limit, Rows.utc(after.time()), after.id()))
            .map(PostgresSessionArchive::ended);
  }

  private Uni<RowSet<Row>> run(String sql, Tuple parameters) {
    return pool.preparedQuery(sql)
        .execute(parameters)
        .onFailure()
        .transform(DatabaseFailures::translate);
  }

  private static List<EndedSession> ended(RowSet<Row> rows) {
    List<EndedSession> sessions = new ArrayList<>();
    for (Row row : rows) {
      Session session =
          new Session(
              row.getString("session_id"),
              row.getString("user_id"),
              row.getString("client_id"),
              Rows.instant(row, "created_at"),
              Rows.instant(row, "last_activity"),
              List.of(row.getArrayOfStrings("data_uploads")),
              List.of(row.getArrayOfStrings("case_history")),
              row.getLong("ttl_seconds"),
              null);
      sessions.add(
          new EndedSession(
              session,
              Rows.instant(row, "ended_at"),
              WireName.require(EndReason.class, row.getString("end_reason"))));
    }
    return sessions;
  }
}
