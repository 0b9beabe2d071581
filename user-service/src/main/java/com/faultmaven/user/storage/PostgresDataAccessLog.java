package com.faultmaven.user.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.logarchive.LogArchive;
import com.faultmaven.common.logarchive.LogQuery;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.user.domain.AuditLogs;
import com.faultmaven.user.domain.DataAccess;
import com.faultmaven.user.domain.DataAccessLog;
import com.faultmaven.user.domain.DataAccessQuery;
import com.faultmaven.user.domain.DataAction;
import com.faultmaven.user.domain.DataResource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.stream.StreamSupport;

/**
 * Table {@code data_access_log} in {@code auth_db}, which the service may read and add to; and
 * behind it what is in the archive.
 */
@ApplicationScoped
public class PostgresDataAccessLog implements DataAccessLog {
  private static final String APPEND =
      """
      INSERT INTO data_access_log
        (access_id, actor_id, user_id, resource, action, address, occurred_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String SELECT =
      """
      SELECT access_id, actor_id, user_id, resource, action, address, occurred_at
      FROM data_access_log
      WHERE TRUE
      """;

  private final Pool pool;
  private final LogArchive archive;

  /** Wires the bean. */
  @Inject
  public PostgresDataAccessLog(Pool pool, LogArchive archive) {
    this.pool = pool;
    this.archive = archive;
  }

  @Override
  public Uni<Void> append(DataAccess access) {
    Tuple row =
        Tuple.tuple()
            .addString(access.accessId())
            .addString(access.actorId())
            .addString(access.userId())
            .addString(access.resource().wireName())
            .addString(access.action().wireName())
            .addString(access.address())
            .addOffsetDateTime(Rows.utc(access.occurredAt()));
    return pool.preparedQuery(APPEND)
        .execute(row)
        .replaceWithVoid()
        .onFailure()
        .transform(DatabaseFailures::translate);
  }

  @Override
  public Uni<CursorPage<DataAccess>> list(DataAccessQuery query) {
    Tuple row = Tuple.tuple();
    String sql = statement(query, row);
    return pool.preparedQuery(sql)
        .execute(row)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresDataAccessLog::access)
                    .toList())
        .flatMap(
            found ->
                archive.page(
                    AuditLogs.DATA_ACCESS,
                    archived(query),
                    found,
                    access -> new Cursor(access.occurredAt(), access.accessId()),
                    PostgresDataAccessLog::access));
  }

  private static LogQuery archived(DataAccessQuery query) {
    return LogQuery.between(query.since(), query.until(), query.after(), query.limit())
        .equal("actor_id", query.actorId())
        .equal("user_id", query.userId());
  }

  /** Only the conditions that are asked for, so that each combination has an index to walk. */
  static String statement(DataAccessQuery query, Tuple row) {
    return new Conditions(SELECT, row)
        .equal("actor_id", query.actorId())
        .equal("user_id", query.userId())
        .between("occurred_at", query.since(), query.until())
        .newestFirst("occurred_at", "access_id", query.after(), query.limit());
  }

  private static DataAccess access(Row row) {
    return new DataAccess(
        row.getString("access_id"),
        row.getString("actor_id"),
        row.getString("user_id"),
        WireName.require(DataResource.class, row.getString("resource")),
        WireName.require(DataAction.class, row.getString("action")),
        row.getString("address"),
        Rows.instant(row, "occurred_at"));
  }

  private static DataAccess access(JsonNode row) {
    return new DataAccess(
        row.path("access_id").asText(),
        row.path("actor_id").asText(),
        row.path("user_id").textValue(),
        WireName.require(DataResource.class, row.path("resource").asText()),
        WireName.require(DataAction.class, row.path("action").asText()),
        row.path("address").textValue(),
        Instant.parse(row.path("occurred_at").asText()));
  }
}
