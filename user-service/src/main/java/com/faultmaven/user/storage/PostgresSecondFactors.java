package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.user.domain.AccountCredentials;
import com.faultmaven.user.domain.ProviderLink;
import com.faultmaven.user.domain.TokenHash;
import com.faultmaven.user.domain.factor.LoginChallenge;
import com.faultmaven.user.domain.factor.SecondFactorStore;
import com.faultmaven.user.domain.factor.StoredTotp;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tables {@code totp_secrets}, {@code recovery_codes}, {@code login_challenges}. */
@ApplicationScoped
public class PostgresSecondFactors implements SecondFactorStore, AccountCredentials {
  static final String FIND =
      """
      SELECT user_id, encode(sealed_secret, 'base64') AS sealed_secret, encryption_key_id,
        created_at, confirmed_at, last_step
      FROM totp_secrets WHERE user_id = $1
      """;
  private static final String PROPOSE =
      """
      INSERT INTO totp_secrets AS present
        (user_id, sealed_secret, encryption_key_id, created_at)
      VALUES ($1, decode($2, 'base64'), $3, $4)
      ON CONFLICT (user_id) DO UPDATE SET
        sealed_secret = EXCLUDED.sealed_secret,
        encryption_key_id = EXCLUDED.encryption_key_id,
        created_at = EXCLUDED.created_at
      WHERE present.confirmed_at IS NULL
      """;
  private static final String CONFIRM =
      """
      UPDATE totp_secrets SET confirmed_at = $3, last_step = $4
      WHERE user_id = $1 AND confirmed_at IS NULL AND sealed_secret = decode($2, 'base64')
      """;
  private static final String USE_STEP =
      """
      UPDATE totp_secrets SET last_step = $2
      WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2
      """;
  private static final String REMOVE = "DELETE FROM totp_secrets WHERE user_id = $1";
  private static final String REMOVE_CODES = "DELETE FROM recovery_codes WHERE user_id = $1";
  private static final String ADD_CODES =
      """
      INSERT INTO recovery_codes (user_id, code_hash, created_at)
      SELECT $1, decode(hash, 'hex'), $3 FROM unnest($2::TEXT[]) AS hash
      """;
  private static final String USE_CODE =
      "DELETE FROM recovery_codes WHERE user_id = $1 AND code_hash = $2";
  static final String CODES_LEFT = "SELECT count(*) FROM recovery_codes WHERE user_id = $1";
  private static final String FORGET_CHALLENGES =
      "DELETE FROM login_challenges WHERE user_id = $1 AND expires_at < $2";
  private static final String REMOVE_CHALLENGES = "DELETE FROM login_challenges WHERE user_id = $1";
  private static final String OPEN =
      """
      INSERT INTO login_challenges
        (challenge_hash, user_id, client_id, sso_provider, sso_provider_id, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String COUNT_ATTEMPT =
      """
      UPDATE login_challenges SET attempts = attempts + 1 WHERE challenge_hash = $1
      RETURNING user_id, client_id, sso_provider, sso_provider_id, attempts, created_at, expires_at
      """;
  private static final String CLOSE = "DELETE FROM login_challenges WHERE challenge_hash = $1";

  private final Pool pool;
  private final Transactions transactions;

  /** Wires the bean. */
  @Inject
  public PostgresSecondFactors(Pool pool, Transactions transactions) {
    this.pool = pool;
    this.transactions = transactions;
  }

  @Override
  public Uni<Optional<StoredTotp>> find(String userId) {
    return find(pool, userId);
  }

  @Override
  public Uni<Optional<StoredTotp>> find(SqlConnection transaction, String userId) {
    return find((SqlClient) transaction, userId);
  }

  private static Uni<Optional<StoredTotp>> find(SqlClient client, String userId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(userId))
        .map(rows -> first(rows, PostgresSecondFactors::totp));
  }

  @Override
  public Uni<Boolean> propose(SqlConnection transaction, StoredTotp totp) {
    Tuple row =
        Tuple.of(
            totp.userId(), totp.sealedSecret(), totp.encryptionKeyId(), Rows.utc(totp.createdAt()));
    return changed(transaction, PROPOSE, row);
  }

  @Override
  public Uni<Boolean> confirm(SqlConnection transaction, StoredTotp totp, long step, Instant at) {
    return changed(
        transaction, CONFIRM, Tuple.of(totp.userId(), totp.sealedSecret(), Rows.utc(at), step));
  }

  @Override
  public Uni<Boolean> useStep(SqlConnection transaction, String userId, long step) {
    return changed(transaction, USE_STEP, Tuple.of(userId, step));
  }

  @Override
  public Uni<Boolean> remove(SqlConnection transaction, String userId) {
    return transaction
        .preparedQuery(REMOVE_CODES)
        .execute(Tuple.of(userId))
        .flatMap(removed -> changed(transaction, REMOVE, Tuple.of(userId)));
  }

  @Override
  public Uni<Boolean> removeAll(SqlConnection transaction, String userId) {
    return remove(transaction, userId)
        .call(removed -> transaction.preparedQuery(REMOVE_CHALLENGES).execute(Tuple.of(userId)));
  }

  @Override
  public Uni<Void> replaceCodes(
      SqlConnection transaction, String userId, List<TokenHash> codes, Instant at) {
    String[] hashes = codes.stream().map(TokenHash::hex).toArray(String[]::new);
    return transaction
        .preparedQuery(REMOVE_CODES)
        .execute(Tuple.of(userId))
        .flatMap(
            removed ->
                transaction
                    .preparedQuery(ADD_CODES)
                    .execute(Tuple.of(userId, hashes, Rows.utc(at))))
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> useCode(SqlConnection transaction, String userId, TokenHash code) {
    return changed(
        transaction,
        USE_CODE,
        Tuple.tuple().addString(userId).addValue(Buffer.buffer(code.bytes())));
  }

  @Override
  public Uni<Integer> codesLeft(String userId) {
    return pool.preparedQuery(CODES_LEFT)
        .execute(Tuple.of(userId))
        .map(rows -> rows.iterator().next().getInteger(0));
  }

  @Override
  public Uni<Void> open(LoginChallenge challenge) {
    ProviderLink link = challenge.link();
    Tuple row =
        Tuple.tuple()
            .addValue(Buffer.buffer(challenge.hash().bytes()))
            .addString(challenge.userId())
            .addString(challenge.clientId())
            .addString(link == null ? null : link.provider())
            .addString(link == null ? null : link.subject())
            .addOffsetDateTime(Rows.utc(challenge.createdAt()))
            .addOffsetDateTime(Rows.utc(challenge.expiresAt()));
    return transactions.inTransaction(
        tx ->
            tx.preparedQuery(FORGET_CHALLENGES)
                .execute(Tuple.of(challenge.userId(), Rows.utc(challenge.createdAt())))
                .flatMap(forgotten -> tx.preparedQuery(OPEN).execute(row))
                .replaceWithVoid());
  }

  @Override
  public Uni<Optional<LoginChallenge>> countAttempt(TokenHash challenge) {
    return pool.preparedQuery(COUNT_ATTEMPT)
        .execute(Tuple.tuple().addValue(Buffer.buffer(challenge.bytes())))
        .map(rows -> first(rows, row -> challenge(challenge, row)));
  }

  @Override
  public Uni<Boolean> close(SqlConnection transaction, TokenHash challenge) {
    return changed(transaction, CLOSE, Tuple.tuple().addValue(Buffer.buffer(challenge.bytes())));
  }

  private static Uni<Boolean> changed(SqlConnection transaction, String sql, Tuple row) {
    return transaction.preparedQuery(sql).execute(row).map(rows -> rows.rowCount() == 1);
  }

  private static <T> Optional<T> first(RowSet<Row> rows, Function<Row, T> read) {
    RowIterator<Row> all = rows.iterator();
    return all.hasNext() ? Optional.of(read.apply(all.next())) : Optional.empty();
  }

  private static StoredTotp totp(Row row) {
    return new StoredTotp(
        row.getString("user_id"),
        row.getString("sealed_secret").replace("\n", ""),
        row.getString("encryption_key_id"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "confirmed_at"),
        row.getLong("last_step"));
  }

  private static LoginChallenge challenge(TokenHash hash, Row row) {
    String provider = row.getString("sso_provider");
    return new LoginChallenge(
        hash,
        row.getString("user_id"),
        row.getString("client_id"),
        provider == null ? null : new ProviderLink(provider, row.getString("sso_provider_id")),
        row.getInteger("attempts"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "expires_at"));
  }
}
