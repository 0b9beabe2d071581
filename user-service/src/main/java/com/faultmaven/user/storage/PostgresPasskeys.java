package com.faultmaven.user.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.faultmaven.common.db.Rows;
import com.faultmaven.user.domain.AccountCredentials;
import com.faultmaven.user.domain.passkey.Challenge;
import com.faultmaven.user.domain.passkey.Passkey;
import com.faultmaven.user.domain.passkey.PasskeyStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Tables {@code passkeys} and {@code used_passkey_challenges} in {@code auth_db}. */
@ApplicationScoped
public class PostgresPasskeys implements PasskeyStore, AccountCredentials {
  /** Clocks of replicas differ; until then another might still take the challenge. */
  private static final Duration KEEP_EXPIRED = Duration.ofHours(1);

  private static final String SELECT =
      """
      SELECT passkey_id, user_id, credential_id, public_key, sign_count, user_handle, aaguid, name,
        transports, backup_eligible, backed_up, created_at, last_used_at
      FROM passkeys
      """;
  static final String LIST = SELECT + "WHERE user_id = $1 ORDER BY passkey_id";
  static final String COUNT = "SELECT count(*)::INT AS passkeys FROM passkeys WHERE user_id = $1";
  static final String FIND = SELECT + "WHERE credential_id = $1";
  private static final String ADD =
      """
      INSERT INTO passkeys
        (passkey_id, user_id, credential_id, public_key, sign_count, user_handle, aaguid, name,
          transports, backup_eligible, backed_up, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      ON CONFLICT (credential_id) DO NOTHING
      """;
  static final String REMOVE = "DELETE FROM passkeys WHERE passkey_id = $1 AND user_id = $2";
  static final String REMOVE_ALL = "DELETE FROM passkeys WHERE user_id = $1";

  // Asked again here: another sign-in may have come between the look-up and now.
  static final String RECORD_USE =
      """
      UPDATE passkeys SET sign_count = $2, backed_up = $3, last_used_at = $4
      WHERE passkey_id = $1 AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0))
      """;
  static final String FORGET_CHALLENGES =
      """
      DELETE FROM used_passkey_challenges WHERE challenge_hash IN (
        SELECT challenge_hash FROM used_passkey_challenges
        WHERE expires_at < $1 ORDER BY expires_at LIMIT 10 FOR UPDATE SKIP LOCKED)
      """;
  private static final String USE_CHALLENGE =
      """
      INSERT INTO used_passkey_challenges (challenge_hash, expires_at) VALUES ($1, $2)
      ON CONFLICT DO NOTHING
      """;

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresPasskeys(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<List<Passkey>> list(String userId) {
    return pool.preparedQuery(LIST)
        .execute(Tuple.of(userId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresPasskeys::passkey)
                    .toList());
  }

  @Override
  public Uni<Integer> count(SqlConnection transaction, String userId) {
    return transaction
        .preparedQuery(COUNT)
        .execute(Tuple.of(userId))
        .map(rows -> rows.iterator().next().getInteger("passkeys"));
  }

  @Override
  public Uni<Optional<Passkey>> find(String credentialId) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.tuple().addValue(buffer(credentialId)))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresPasskeys::passkey)
                    .findFirst());
  }

  @Override
  public Uni<Boolean> removeAll(SqlConnection transaction, String userId) {
    return transaction
        .preparedQuery(REMOVE_ALL)
        .execute(Tuple.of(userId))
        .map(rows -> rows.rowCount() > 0);
  }

  @Override
  public Uni<Boolean> add(SqlConnection transaction, Passkey passkey) {
    Tuple row =
        Tuple.tuple()
            .addString(passkey.passkeyId())
            .addString(passkey.userId())
            .addValue(buffer(passkey.credentialId()))
            .addValue(buffer(passkey.publicKey()))
            .addLong(passkey.signCount())
            .addValue(buffer(passkey.userHandle()))
            .addString(passkey.aaguid())
            .addString(passkey.name())
            .addArrayOfString(passkey.transports().toArray(String[]::new))
            .addBoolean(passkey.backupEligible())
            .addBoolean(passkey.backedUp())
            .addOffsetDateTime(Rows.utc(passkey.createdAt()));
    return transaction.preparedQuery(ADD).execute(row).map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<Boolean> remove(SqlConnection transaction, String userId, String passkeyId) {
    return transaction
        .preparedQuery(REMOVE)
        .execute(Tuple.of(passkeyId, userId))
        .map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<Boolean> recordUse(
      SqlConnection transaction, String passkeyId, long signCount, boolean backedUp, Instant at) {
    return transaction
        .preparedQuery(RECORD_USE)
        .execute(Tuple.of(passkeyId, signCount, backedUp, Rows.utc(at)))
        .map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<Boolean> useChallenge(SqlConnection transaction, Challenge challenge, Instant now) {
    Tuple row =
        Tuple.tuple()
            .addValue(Buffer.buffer(sha256(challenge.value())))
            .addOffsetDateTime(Rows.utc(challenge.expiresAt()));
    return transaction
        .preparedQuery(FORGET_CHALLENGES)
        .execute(Tuple.of(Rows.utc(now.minus(KEEP_EXPIRED))))
        .flatMap(forgotten -> transaction.preparedQuery(USE_CHALLENGE).execute(row))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Passkey passkey(Row row) {
    return new Passkey(
        row.getString("passkey_id"),
        row.getString("user_id"),
        text(row.getBuffer("credential_id")),
        text(row.getBuffer("public_key")),
        row.getLong("sign_count"),
        text(row.getBuffer("user_handle")),
        row.getString("aaguid"),
        row.getString("name"),
        List.of(row.getArrayOfStrings("transports")),
        row.getBoolean("backup_eligible"),
        row.getBoolean("backed_up"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "last_used_at"));
  }

  private static Buffer buffer(String base64url) {
    return Buffer.buffer(Base64.getUrlDecoder().decode(base64url));
  }

  private static String text(io.vertx.mutiny.core.buffer.Buffer bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.getBytes());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
