package com.faultmaven.user.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.logarchive.LogArchive;
import com.faultmaven.common.logarchive.LogQuery;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.user.domain.AuditLogs;
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
import java.time.Instant;
import java.util.stream.StreamSupport;

/**
 * Table {@code auth_audit_log} in {@code auth_db}, which the service may read and add to; and
 * behind it what is in the archive.
 */
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
  private final LogArchive archive;

  /** Wires the bean. */
  @Inject
  public PostgresAuthAuditLog(Pool pool, LogArchive archive) {
    this.pool = pool;
    this.archive = archive;
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
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresAuthAuditLog::event)
                    .toList())
        .flatMap(
            found ->
                archive.page(
                    AuditLogs.AUTH_EVENTS,
                    archived(query),
                    found,
                    event -> new Cursor(event.occurredAt(), event.auditId()),
                    PostgresAuthAuditLog::event));
  }

  private static LogQuery archived(AuthEventQuery query) {
    return LogQuery.between(query.since(), query.until(), query.after(), query.limit())
        .equal("user_id", query.userId())
        .equal("actor_id", query.actorId())
        .equal("event_type", query.type() == null ? null : query.type().wireName())
        .equal("outcome", query.outcome() == null ? null : query.outcome().wireName())
        .equal("address", query.address());
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

  private static AuthEvent event(JsonNode row) {
    return new AuthEvent(
        row.path("audit_id").asText(),
        WireName.require(AuthEventType.class, row.path("event_type").asText()),
        WireName.require(AuthOutcome.class, row.path("outcome").asText()),
        row.path("user_id").textValue(),
        row.path("actor_id").textValue(),
        row.path("address").textValue(),
        row.path("user_agent").textValue(),
        row.path("detail").textValue(),
        Instant.parse(row.path("occurred_at").asText()));
  }
}
