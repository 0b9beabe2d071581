package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventQuery;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.AuthOutcome;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;

/** Table {@code auth_audit_log} in {@code auth_db}, which the service may read and add to. */
@ApplicationScoped
public class PostgresAuthAuditLog implements AuthAuditLog {
  private static final String APPEND =
      """
      INSERT INTO auth_audit_log
        (audit_id, event_type, outcome, user_id, actor_id, address, user_agent, detail, occurred_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;
  private static final String SELECT =
      """
      SELECT audit_id, event_type, outcome, user_id, actor_id, address, user_agent, detail,
        occurred_at
      FROM auth_audit_log
      WHERE TRUE
      """;

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresAuthAuditLog(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Void> append(SqlConnection transaction, AuthEvent event) {
    return insert(transaction, event);
  }

  @Override
  public Uni<Void> append(AuthEvent event) {
    return insert(pool, event);
  }

  @Override
  public Uni<CursorPage<AuthEvent>> list(AuthEventQuery query) {
    Tuple row = Tuple.tuple();
    String sql = statement(query, row);
    return pool.preparedQuery(sql)
        .execute(row)
        .map(
            rows -> {
              List<AuthEvent> found =
                  StreamSupport.stream(rows.spliterator(), false)
                      .map(PostgresAuthAuditLog::event)
                      .toList();
              if (found.size() <= query.limit()) {
                return new CursorPage<>(found, null);
              }
              List<AuthEvent> items = found.subList(0, query.limit());
              AuthEvent last = items.getLast();
              return new CursorPage<>(
                  items, new Cursor(last.occurredAt(), last.auditId()).encode());
            });
  }

  /** Only the conditions that are asked for, so that each combination has an index to walk. */
  static String statement(AuthEventQuery query, Tuple row) {
    AuthOutcome outcome = query.outcome();
    return new Conditions(SELECT, row)
        .equal("user_id", query.userId())
        .equal("actor_id", query.actorId())
        .equal("event_type", query.type() == null ? null : query.type().wireName())
        .equal("address", query.address())
        // As text: the index of failures is for this word, not for a parameter.
        .and(outcome == AuthOutcome.FAILURE, "outcome = 'failure'")
        .and(outcome == AuthOutcome.SUCCESS, "outcome = 'success'")
        .between("occurred_at", query.since(), query.until())
        .newestFirst("occurred_at", "audit_id", query.after(), query.limit());
  }

  private static Uni<Void> insert(SqlClient client, AuthEvent event) {
    Tuple row =
        Tuple.tuple()
            .addString(event.auditId())
            .addString(event.eventType().wireName())
            .addString(event.outcome().wireName())
            .addString(event.userId())
            .addString(event.actorId())
            .addString(event.address())
            .addString(event.userAgent())
            .addString(event.detail())
            .addOffsetDateTime(Rows.utc(event.occurredAt()));
    return client.preparedQuery(APPEND).execute(row).replaceWithVoid();
  }

  private static AuthEvent event(Row row) {
    return new AuthEvent(
        row.getString("audit_id"),
        WireName.require(AuthEventType.class, row.getString("event_type")),
        WireName.require(AuthOutcome.class, row.getString("outcome")),
        row.getString("user_id"),
        row.getString("actor_id"),
        row.getString("address"),
        row.getString("user_agent"),
        row.getString("detail"),
        Rows.instant(row, "occurred_at"));
  }
}
