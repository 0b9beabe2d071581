package com.faultmaven.session.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.common.userdata.ExportedFile;
import com.faultmaven.common.userdata.JsonRows;
import com.faultmaven.common.userdata.UserDataErasure;
import com.faultmaven.common.userdata.UserDataExport;
import com.faultmaven.session.domain.EndedSession;
import com.faultmaven.session.domain.LiveSessions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A user's sessions: live ones, those on their way to the archive, archived ones. One that is
 * opened after the erasure with a token that is still valid lives for its TTL and is never
 * archived.
 */
@ApplicationScoped
public class StoredUserData implements UserDataErasure, UserDataExport {
  static final String ARCHIVED =
      """
      SELECT session_id AS id, to_jsonb(s)::text AS json FROM archived_sessions s
      WHERE user_id = $1 AND session_id > $2 ORDER BY session_id LIMIT $3
      """;
  static final String ERASE = "DELETE FROM archived_sessions WHERE user_id = $1";

  private final LiveSessions live;
  private final Pool pool;
  private final ObjectMapper json;

  /** Wires the bean. */
  @Inject
  public StoredUserData(LiveSessions live, Pool pool, ObjectMapper json) {
    this.live = live;
    this.pool = pool;
    this.json = json;
  }

  @Override
  public Uni<Map<String, Long>> erase(SqlConnection transaction, String userId, Instant at) {
    return eraseLive(userId)
        .flatMap(
            sessions ->
                eraseEnding(userId)
                    .flatMap(
                        ending ->
                            transaction
                                .preparedQuery(ERASE)
                                .execute(Tuple.of(userId))
                                .map(
                                    archived ->
                                        Map.of(
                                            "sessions",
                                            sessions + ending,
                                            "archived_sessions",
                                            (long) archived.rowCount()))));
  }

  @Override
  public Multi<ExportedFile> files(String userId, String reader) {
    Multi<String> sessions =
        live.ofUser(userId, Integer.MAX_VALUE, 0)
            .onItem()
            .transformToMulti(found -> Multi.createFrom().iterable(found.sessions()))
            .map(this::text);
    return Multi.createFrom()
        .items(
            ExportedFile.array("sessions.json", sessions),
            ExportedFile.array("archived-sessions.json", JsonRows.read(pool, ARCHIVED, userId)));
  }

  private Uni<Long> eraseLive(String userId) {
    return live.ofUser(userId, Integer.MAX_VALUE, 0)
        .onItem()
        .transformToMulti(found -> Multi.createFrom().iterable(found.sessions()))
        .onItem()
        .transformToUniAndConcatenate(
            session ->
                live.removeClientIndex(userId, session.clientId())
                    .chain(() -> live.delete(session.sessionId())))
        .collect()
        .with(java.util.stream.Collectors.counting());
  }

  private Uni<Long> eraseEnding(String userId) {
    return live.ending(Integer.MAX_VALUE)
        .map(
            ending ->
                ending.stream()
                    .map(EndedSession::session)
                    .filter(session -> session.userId().equals(userId))
                    .map(Session::sessionId)
                    .toList())
        .flatMap(ids -> forget(ids));
  }

  private Uni<Long> forget(List<String> ids) {
    return live.forgetEnding(ids).replaceWith((long) ids.size());
  }

  private String text(Session session) {
    try {
      return json.writeValueAsString(session);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a session cannot be written as JSON", e);
    }
  }
}
