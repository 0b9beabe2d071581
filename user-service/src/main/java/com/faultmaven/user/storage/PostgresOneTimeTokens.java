package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.user.domain.AccountCredentials;
import com.faultmaven.user.domain.OneTimeToken;
import com.faultmaven.user.domain.OneTimeTokenStore;
import com.faultmaven.user.domain.TokenHash;
import com.faultmaven.user.domain.TokenPurpose;
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
import java.util.Optional;

/** Table {@code one_time_tokens} in {@code auth_db}. */
@ApplicationScoped
public class PostgresOneTimeTokens implements OneTimeTokenStore, AccountCredentials {
  static final String FORGET =
      "DELETE FROM one_time_tokens WHERE user_id = $1 AND purpose = $2 AND used_at IS NULL";
  static final String ADD =
      """
      INSERT INTO one_time_tokens (token_hash, purpose, user_id, email, created_at, expires_at)
      SELECT $1, $2, u.user_id, $4, $5, $6 FROM users u WHERE u.user_id = $3
      """;
  static final String LOCK =
      """
      SELECT user_id, email, created_at, expires_at, used_at
      FROM one_time_tokens
      WHERE token_hash = $1 AND purpose = $2
      FOR UPDATE
      """;
  static final String OWNER = "SELECT user_id FROM one_time_tokens WHERE token_hash = $1";
  private static final String REMOVE_ALL = "DELETE FROM one_time_tokens WHERE user_id = $1";
  private static final String MARK_USED =
      "UPDATE one_time_tokens SET used_at = $2 WHERE token_hash = $1";

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresOneTimeTokens(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Optional<String>> ownerOf(TokenHash hash) {
    return pool.preparedQuery(OWNER)
        .execute(Tuple.tuple().addValue(Buffer.buffer(hash.bytes())))
        .map(
            rows -> {
              RowIterator<Row> all = rows.iterator();
              return all.hasNext()
                  ? Optional.of(all.next().getString("user_id"))
                  : Optional.empty();
            });
  }

  @Override
  public Uni<Void> replace(SqlConnection transaction, OneTimeToken token) {
    Tuple row =
        Tuple.tuple()
            .addValue(Buffer.buffer(token.hash().bytes()))
            .addString(token.purpose().wireName())
            .addString(token.userId())
            .addString(token.email())
            .addOffsetDateTime(Rows.utc(token.createdAt()))
            .addOffsetDateTime(Rows.utc(token.expiresAt()));
    return transaction
        .preparedQuery(FORGET)
        .execute(Tuple.of(token.userId(), token.purpose().wireName()))
        .flatMap(forgotten -> transaction.preparedQuery(ADD).execute(row))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<OneTimeToken>> lock(
      SqlConnection transaction, TokenHash hash, TokenPurpose purpose) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.tuple().addValue(Buffer.buffer(hash.bytes())).addString(purpose.wireName()))
        .map(
            rows -> {
              RowIterator<Row> all = rows.iterator();
              return all.hasNext()
                  ? Optional.of(token(hash, purpose, all.next()))
                  : Optional.empty();
            });
  }

  @Override
  public Uni<Void> markUsed(SqlConnection transaction, TokenHash hash, Instant at) {
    return transaction
        .preparedQuery(MARK_USED)
        .execute(
            Tuple.tuple().addValue(Buffer.buffer(hash.bytes())).addOffsetDateTime(Rows.utc(at)))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> removeAll(SqlConnection transaction, String userId) {
    return transaction
        .preparedQuery(REMOVE_ALL)
        .execute(Tuple.of(userId))
        .map(rows -> rows.rowCount() > 0);
  }

  @Override
  public boolean cameByMail() {
    return true;
  }

  private static OneTimeToken token(TokenHash hash, TokenPurpose purpose, Row row) {
    return new OneTimeToken(
        hash,
        purpose,
        row.getString("user_id"),
        row.getString("email"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "expires_at"),
        Rows.instantOrNull(row, "used_at"));
  }
}
