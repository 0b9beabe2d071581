package com.faultmaven.user.storage;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.WireName;
import com.faultmaven.user.domain.RefreshFamily;
import com.faultmaven.user.domain.RefreshTokenStore;
import com.faultmaven.user.domain.RequestOrigin;
import com.faultmaven.user.domain.SignInMethod;
import com.faultmaven.user.domain.TokenHash;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tables {@code refresh_families} and {@code refresh_tokens} in {@code auth_db}. */
@ApplicationScoped
public class PostgresRefreshTokens implements RefreshTokenStore {
  private static final String OPEN =
      """
      WITH family AS (
        INSERT INTO refresh_families
          (family_id, user_id, client_id, session_id, methods, created_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        RETURNING family_id, expires_at
      )
      INSERT INTO refresh_tokens (token_hash, family_id, access_token_id, issued_at, expires_at)
      SELECT $8, family_id, $9, $6, LEAST($10, expires_at) FROM family
      """;

  // One statement, one round trip, one commit. It waits for both rows: of two exchanges the second
  // sees what the first has written, since a row that was waited for is read again. Whoever has an
  // old token can send it without end: of what is refused the audit has one row a minute.
  static final String ROTATE =
      """
      WITH asked AS MATERIALIZED (
        SELECT t.token_hash, t.expires_at AS token_expires_at, t.used_at, f.family_id, f.user_id,
          f.client_id, f.session_id, f.methods, f.created_at, f.expires_at, f.revoked_at
        FROM refresh_tokens t JOIN refresh_families f USING (family_id)
        WHERE t.token_hash = $1
        FOR UPDATE OF t, f
      ), verdict AS MATERIALIZED (
        SELECT a.*,
          CASE
            WHEN a.revoked_at IS NOT NULL THEN 'revoked'
            WHEN a.used_at IS NOT NULL THEN 'reused'
            WHEN a.token_expires_at <= $4 THEN 'expired'
            WHEN u.user_id IS NULL THEN 'account_ended'
            ELSE 'rotated'
          END AS outcome
        FROM asked a
          LEFT JOIN users u ON u.user_id = a.user_id AND u.is_active AND u.deleted_at IS NULL
      ), used AS (
        UPDATE refresh_tokens t SET used_at = $4
        FROM verdict v WHERE v.outcome = 'rotated' AND t.token_hash = v.token_hash
      ), added AS (
        INSERT INTO refresh_tokens (token_hash, family_id, access_token_id, issued_at, expires_at)
        SELECT $2, family_id, $3, $4, LEAST($5, expires_at)
        FROM verdict WHERE outcome = 'rotated'
      ), ended AS (
        UPDATE refresh_families f
        SET revoked_at = $4,
          revoke_reason = CASE v.outcome WHEN 'reused' THEN 'reuse' ELSE v.outcome END
        FROM verdict v
        WHERE v.outcome IN ('reused', 'account_ended') AND f.family_id = v.family_id
      ), audited AS (
        INSERT INTO auth_audit_log
          (audit_id, event_type, outcome, user_id, actor_id, address, user_agent, detail,
           occurred_at)
        SELECT $6,
          CASE v.outcome
            WHEN 'rotated' THEN 'token_refreshed'
            WHEN 'reused' THEN 'refresh_token_reused'
            ELSE 'refresh_token_refused'
          END,
          CASE v.outcome WHEN 'rotated' THEN 'success' ELSE 'failure' END,
          v.user_id, CASE v.outcome WHEN 'rotated' THEN v.user_id END, $7, $8,
          CASE WHEN v.outcome NOT IN ('rotated', 'reused') THEN v.outcome END, $4
        FROM verdict v
        WHERE v.outcome IN ('rotated', 'reused')
          OR NOT EXISTS (
            SELECT FROM auth_audit_log a
            WHERE a.user_id = v.user_id AND a.event_type = 'refresh_token_refused'
              AND a.occurred_at > $4 - INTERVAL '1 minute'
            OFFSET 0)
      )
      SELECT u.*, ARRAY(SELECT r.role FROM user_roles r WHERE r.user_id = u.user_id) AS roles,
        v.family_id, v.client_id, v.session_id, v.methods, v.created_at AS family_created_at,
        v.expires_at AS family_expires_at
      FROM verdict v JOIN users u USING (user_id)
      WHERE v.outcome = 'rotated'
      """;
  static final String ALIVE =
      """
      SELECT 1 FROM refresh_tokens t JOIN refresh_families f USING (family_id)
      WHERE t.access_token_id = $2 AND f.user_id = $1 AND f.revoked_at IS NULL
      """;
  static final String REVOKE_ALL =
      """
      UPDATE refresh_families SET revoked_at = $2, revoke_reason = $3
      WHERE user_id = $1 AND revoked_at IS NULL
      """;
  static final String REVOKE_OTHERS =
      """
      UPDATE refresh_families SET revoked_at = $3, revoke_reason = $4
      WHERE user_id = $1 AND revoked_at IS NULL
        AND family_id NOT IN (
          SELECT family_id FROM refresh_tokens WHERE access_token_id = $2)
      RETURNING session_id
      """;
  static final String REVOKE_MATCHING =
      """
      UPDATE refresh_families SET revoked_at = $5, revoke_reason = 'logout'
      WHERE user_id = $1 AND revoked_at IS NULL
        AND (session_id = $3
          OR family_id IN (
            SELECT family_id FROM refresh_tokens WHERE access_token_id = $2
            UNION ALL
            SELECT family_id FROM refresh_tokens WHERE token_hash = $4))
      """;

  private static final int ATTEMPTS = 4;

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresRefreshTokens(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Void> open(SqlConnection transaction, RefreshFamily family, NewToken first) {
    Tuple row =
        Tuple.tuple()
            .addString(family.familyId())
            .addString(family.userId())
            .addString(family.clientId())
            .addString(family.sessionId())
            .addArrayOfString(
                family.methods().stream()
                    .sorted()
                    .map(SignInMethod::wireName)
                    .toArray(String[]::new))
            .addOffsetDateTime(Rows.utc(family.createdAt()))
            .addOffsetDateTime(Rows.utc(family.expiresAt()))
            .addValue(buffer(first.hash()))
            .addString(first.accessTokenId())
            .addOffsetDateTime(Rows.utc(first.expiresAt()));
    return transaction.preparedQuery(OPEN).execute(row).replaceWithVoid();
  }

  @Override
  public Uni<Optional<Rotated>> rotate(TokenHash used, NewToken next, RequestOrigin origin) {
    Tuple row =
        Tuple.tuple()
            .addValue(buffer(used))
            .addValue(buffer(next.hash()))
            .addString(next.accessTokenId())
            .addOffsetDateTime(Rows.utc(next.issuedAt()))
            .addOffsetDateTime(Rows.utc(next.expiresAt()))
            .addString(Ids.next())
            .addString(origin.address())
            .addString(origin.userAgent());
    return pool.preparedQuery(ROTATE)
        .execute(row)
        .map(
            rows -> {
              RowIterator<Row> all = rows.iterator();
              return all.hasNext() ? Optional.of(rotated(all.next())) : Optional.<Rotated>empty();
            })
        .onFailure(DatabaseFailures::isConflict)
        .retry()
        .atMost(ATTEMPTS - 1);
  }

  @Override
  public Uni<Boolean> isAlive(String userId, String accessTokenId) {
    return pool.preparedQuery(ALIVE)
        .execute(Tuple.of(userId, accessTokenId))
        .map(rows -> rows.rowCount() > 0);
  }

  @Override
  public Uni<Integer> revokeAll(
      SqlConnection transaction, String userId, Instant at, String reason) {
    return transaction
        .preparedQuery(REVOKE_ALL)
        .execute(Tuple.of(userId, Rows.utc(at), reason))
        .map(rows -> rows.rowCount());
  }

  @Override
  public Uni<List<String>> revokeOthers(
      SqlConnection transaction, String userId, String accessTokenId, Instant at, String reason) {
    return transaction
        .preparedQuery(REVOKE_OTHERS)
        .execute(Tuple.of(userId, accessTokenId, Rows.utc(at), reason))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getString("session_id"))
                    .filter(Objects::nonNull)
                    .toList());
  }

  @Override
  public Uni<Integer> revokeMatching(
      SqlConnection transaction,
      String userId,
      @Nullable String accessTokenId,
      @Nullable String sessionId,
      @Nullable TokenHash refreshToken,
      Instant at) {
    Tuple row =
        Tuple.tuple()
            .addString(userId)
            .addString(accessTokenId)
            .addString(sessionId)
            .addValue(refreshToken == null ? null : buffer(refreshToken))
            .addOffsetDateTime(Rows.utc(at));
    return transaction.preparedQuery(REVOKE_MATCHING).execute(row).map(rows -> rows.rowCount());
  }

  private static Rotated rotated(Row row) {
    RefreshFamily family =
        new RefreshFamily(
            row.getString("family_id"),
            row.getString("user_id"),
            row.getString("client_id"),
            row.getString("session_id"),
            Arrays.stream(row.getArrayOfStrings("methods"))
                .map(name -> WireName.require(SignInMethod.class, name))
                .collect(Collectors.toSet()),
            Rows.instant(row, "family_created_at"),
            Rows.instant(row, "family_expires_at"));
    return new Rotated(PostgresUserRepository.user(row), family);
  }

  private static Buffer buffer(TokenHash hash) {
    return Buffer.buffer(hash.bytes());
  }
}
