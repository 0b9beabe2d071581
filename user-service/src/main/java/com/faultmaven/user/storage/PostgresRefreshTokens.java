package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.user.domain.RefreshFamily;
import com.faultmaven.user.domain.RefreshToken;
import com.faultmaven.user.domain.RefreshTokenHash;
import com.faultmaven.user.domain.RefreshTokenStore;
import com.faultmaven.user.domain.SignInMethod;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables {@code refresh_families} and {@code refresh_tokens} in {@code auth_db}. */
@ApplicationScoped
public class PostgresRefreshTokens implements RefreshTokenStore {
  private static final String FORGET_FAMILIES =
      "DELETE FROM refresh_families WHERE user_id = $1 AND expires_at < $2";
  private static final String OPEN =
      """
      INSERT INTO refresh_families
        (family_id, user_id, client_id, session_id, methods, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String FORGET_TOKENS =
      "DELETE FROM refresh_tokens WHERE family_id = $1 AND expires_at < $2";
  private static final String ADD =
      """
      INSERT INTO refresh_tokens (token_hash, family_id, access_token_id, issued_at, expires_at)
      VALUES ($1, $2, $3, $4, $5)
      """;

  // Both rows are locked: of two rotations the second reads what the first has written.
  static final String LOCK =
      """
      SELECT t.token_hash, t.expires_at AS token_expires_at, t.used_at, f.family_id, f.user_id,
        f.client_id, f.session_id, f.methods, f.created_at, f.expires_at, f.revoked_at
      FROM refresh_tokens t JOIN refresh_families f USING (family_id)
      WHERE t.token_hash = $1
      FOR UPDATE OF t, f
      """;
  private static final String MARK_USED =
      "UPDATE refresh_tokens SET used_at = $2 WHERE token_hash = $1";
  private static final String REVOKE =
      """
      UPDATE refresh_families SET revoked_at = $2, revoke_reason = $3
      WHERE family_id = $1 AND revoked_at IS NULL
      """;
  static final String REVOKE_ALL =
      """
      UPDATE refresh_families SET revoked_at = $2, revoke_reason = $3
      WHERE user_id = $1 AND revoked_at IS NULL
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

  @Override
  public Uni<Void> open(SqlConnection transaction, RefreshFamily family) {
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
            .addOffsetDateTime(Rows.utc(family.expiresAt()));
    return transaction
        .preparedQuery(FORGET_FAMILIES)
        .execute(Tuple.of(family.userId(), Rows.utc(family.createdAt())))
        .flatMap(forgotten -> transaction.preparedQuery(OPEN).execute(row))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> add(
      SqlConnection transaction, RefreshToken token, String accessTokenId, Instant issuedAt) {
    String familyId = token.family().familyId();
    Tuple row =
        Tuple.tuple()
            .addValue(buffer(token.hash()))
            .addString(familyId)
            .addString(accessTokenId)
            .addOffsetDateTime(Rows.utc(issuedAt))
            .addOffsetDateTime(Rows.utc(token.expiresAt()));
    return transaction
        .preparedQuery(FORGET_TOKENS)
        .execute(Tuple.of(familyId, Rows.utc(issuedAt)))
        .flatMap(forgotten -> transaction.preparedQuery(ADD).execute(row))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<RefreshToken>> lock(SqlConnection transaction, RefreshTokenHash hash) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.tuple().addValue(buffer(hash)))
        .map(
            rows -> {
              RowIterator<Row> all = rows.iterator();
              return all.hasNext() ? Optional.of(token(hash, all.next())) : Optional.empty();
            });
  }

  @Override
  public Uni<Void> markUsed(SqlConnection transaction, RefreshTokenHash hash, Instant at) {
    return transaction
        .preparedQuery(MARK_USED)
        .execute(Tuple.tuple().addValue(buffer(hash)).addOffsetDateTime(Rows.utc(at)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> revoke(SqlConnection transaction, String familyId, Instant at, String reason) {
    return transaction
        .preparedQuery(REVOKE)
        .execute(Tuple.of(familyId, Rows.utc(at), reason))
        .replaceWithVoid();
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
  public Uni<Integer> revokeMatching(
      SqlConnection transaction,
      String userId,
      @Nullable String accessTokenId,
      @Nullable String sessionId,
      @Nullable RefreshTokenHash refreshToken,
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

  private static RefreshToken token(RefreshTokenHash hash, Row row) {
    RefreshFamily family =
        new RefreshFamily(
            row.getString("family_id"),
            row.getString("user_id"),
            row.getString("client_id"),
            row.getString("session_id"),
            Arrays.stream(row.getArrayOfStrings("methods"))
                .map(name -> WireName.require(SignInMethod.class, name))
                .collect(Collectors.toSet()),
            Rows.instant(row, "created_at"),
            Rows.instant(row, "expires_at"),
            Rows.instantOrNull(row, "revoked_at"));
    return new RefreshToken(
        hash, family, Rows.instant(row, "token_expires_at"), Rows.instantOrNull(row, "used_at"));
  }

  private static Buffer buffer(RefreshTokenHash hash) {
    return Buffer.buffer(hash.bytes());
  }
}
