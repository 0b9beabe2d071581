package com.faultmaven.user.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.user.domain.privacy.Erasure;
import com.faultmaven.user.domain.privacy.ErasureReason;
import com.faultmaven.user.domain.privacy.ErasureStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tables {@code erasures} and {@code erasure_answers} in {@code auth_db}. */
@ApplicationScoped
public class PostgresErasures implements ErasureStore {
  static final String LOCK_ACCOUNT = "SELECT deleted_at FROM users WHERE user_id = $1 FOR UPDATE";
  private static final String SELECT =
      """
      SELECT e.erasure_id, e.user_id, e.reason, e.requested_by, e.requested_at, e.completed_at,
        a.service, a.erased, a.erased_at
      FROM erasures e JOIN erasure_answers a USING (erasure_id)
      """;
  static final String FIND = SELECT + "WHERE e.erasure_id = $1 ORDER BY a.service";
  static final String FIND_OF_USER = SELECT + "WHERE e.user_id = $1 ORDER BY a.service";
  private static final String ADD =
      """
      INSERT INTO erasures (erasure_id, user_id, reason, requested_by, requested_at, published_at)
      VALUES ($1, $2, $3, $4, $5, $5)
      """;
  private static final String ADD_ANSWERS =
      "INSERT INTO erasure_answers (erasure_id, service) SELECT $1, unnest($2::text[])";
  static final String FIND_DUE =
      """
      SELECT user_id AS id FROM users u
      WHERE deleted_at < $1
        AND NOT EXISTS (SELECT FROM erasures e WHERE e.user_id = u.user_id)
      ORDER BY deleted_at, user_id LIMIT $2
      """;
  static final String FIND_LATE =
      """
      SELECT erasure_id AS id FROM erasures
      WHERE completed_at IS NULL AND published_at < $1
      ORDER BY published_at LIMIT $2
      """;
  private static final String PUBLISH_AGAIN =
      """
      UPDATE erasures SET published_at = $3, publications = publications + 1
      WHERE erasure_id = $1 AND completed_at IS NULL AND published_at < $2
      """;
  private static final String LOCK =
      "SELECT 1 FROM erasures WHERE erasure_id = $1 AND completed_at IS NULL FOR UPDATE";
  private static final String ANSWER =
      """
      UPDATE erasure_answers SET erased = $3, erased_at = $4
      WHERE erasure_id = $1 AND service = $2 AND erased_at IS NULL
      """;
  private static final String COMPLETE =
      "UPDATE erasures SET completed_at = $2 WHERE erasure_id = $1";

  private final Pool pool;
  private final ObjectMapper json;

  /** Wires the bean. */
  @Inject
  public PostgresErasures(Pool pool, ObjectMapper json) {
    this.pool = pool;
    this.json = json;
  }

  @Override
  public Uni<AccountState> lockAccount(SqlConnection transaction, String userId) {
    return lock(transaction, userId)
        .map(
            found ->
                found.isEmpty()
                    ? AccountState.ABSENT
                    : found.get().deletedAt() == null ? AccountState.LIVING : AccountState.DELETED);
  }

  @Override
  public Uni<Boolean> lockDeletedBefore(SqlConnection transaction, String userId, Instant before) {
    return lock(transaction, userId)
        .map(
            found ->
                found
                    .map(Locked::deletedAt)
                    .filter(deletedAt -> deletedAt.isBefore(before))
                    .isPresent());
  }

  @Override
  public Uni<Optional<Erasure>> find(String erasureId) {
    return find(pool, FIND, erasureId);
  }

  @Override
  public Uni<Optional<Erasure>> findOfUser(SqlConnection transaction, String userId) {
    return find(transaction, FIND_OF_USER, userId);
  }

  @Override
  public Uni<Void> add(SqlConnection transaction, Erasure erasure) {
    Tuple row =
        Tuple.of(
            erasure.erasureId(),
            erasure.userId(),
            erasure.reason().wireName(),
            erasure.requestedBy(),
            Rows.utc(erasure.requestedAt()));
    String[] services =
        erasure.answers().stream().map(Erasure.Answer::service).toArray(String[]::new);
    return transaction
        .preparedQuery(ADD)
        .execute(row)
        .chain(
            () ->
                transaction
                    .preparedQuery(ADD_ANSWERS)
                    .execute(Tuple.of(erasure.erasureId(), services)))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<String>> findDue(Instant deletedBefore, int limit) {
    return ids(FIND_DUE, deletedBefore, limit);
  }

  @Override
  public Uni<List<String>> findLate(Instant publishedBefore, int limit) {
    return ids(FIND_LATE, publishedBefore, limit);
  }

  @Override
  public Uni<Optional<Erasure>> publishAgain(
      SqlConnection transaction, String erasureId, Instant publishedBefore, Instant now) {
    return transaction
        .preparedQuery(PUBLISH_AGAIN)
        .execute(Tuple.of(erasureId, Rows.utc(publishedBefore), Rows.utc(now)))
        .flatMap(
            rows ->
                rows.rowCount() == 1
                    ? find(transaction, FIND, erasureId)
                    : Uni.createFrom().item(Optional.empty()));
  }

  @Override
  public Uni<Optional<Erasure>> answer(
      SqlConnection transaction,
      String erasureId,
      String service,
      Map<String, Long> erased,
      Instant at) {
    Tuple row =
        Tuple.tuple()
            .addString(erasureId)
            .addString(service)
            .addValue(Rows.jsonb(json.valueToTree(erased)))
            .addOffsetDateTime(Rows.utc(at));
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(erasureId))
        .flatMap(
            locked ->
                locked.rowCount() == 0
                    ? Uni.createFrom().item(Optional.empty())
                    : transaction
                        .preparedQuery(ANSWER)
                        .execute(row)
                        .chain(() -> find(transaction, FIND, erasureId)));
  }

  @Override
  public Uni<Void> complete(SqlConnection transaction, String erasureId, Instant at) {
    return transaction
        .preparedQuery(COMPLETE)
        .execute(Tuple.of(erasureId, Rows.utc(at)))
        .replaceWithVoid();
  }

  private record Locked(@Nullable Instant deletedAt) {}

  private static Uni<Optional<Locked>> lock(SqlConnection transaction, String userId) {
    return transaction
        .preparedQuery(LOCK_ACCOUNT)
        .execute(Tuple.of(userId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new Locked(Rows.instantOrNull(row, "deleted_at")))
                    .findFirst());
  }

  private Uni<List<String>> ids(String sql, Instant before, int limit) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(Rows.utc(before), limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getString("id"))
                    .toList());
  }

  private static Uni<Optional<Erasure>> find(SqlClient client, String sql, String id) {
    return client.preparedQuery(sql).execute(Tuple.of(id)).map(PostgresErasures::erasure);
  }

  private static Optional<Erasure> erasure(RowSet<Row> rows) {
    Row first = null;
    List<Erasure.Answer> answers = new ArrayList<>();
    for (Row row : rows) {
      first = row;
      answers.add(
          new Erasure.Answer(
              row.getString("service"), Rows.instantOrNull(row, "erased_at"), erased(row)));
    }
    return first == null
        ? Optional.empty()
        : Optional.of(
            new Erasure(
                first.getString("erasure_id"),
                first.getString("user_id"),
                WireName.require(ErasureReason.class, first.getString("reason")),
                first.getString("requested_by"),
                Rows.instant(first, "requested_at"),
                Rows.instantOrNull(first, "completed_at"),
                answers));
  }

  private static @Nullable Map<String, Long> erased(Row row) {
    JsonNode counts = Rows.json(row, "erased");
    if (counts == null) {
      return null;
    }
    Map<String, Long> erased = new TreeMap<>();
    counts.properties().forEach(count -> erased.put(count.getKey(), count.getValue().asLong()));
    return erased;
  }
}
