package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.user.domain.SigningKeyStore;
import com.faultmaven.user.domain.StoredSigningKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** Table {@code signing_keys} in {@code auth_db}. */
@ApplicationScoped
public class PostgresSigningKeys implements SigningKeyStore {
  private static final String LIST =
      """
      SELECT key_id, encode(public_key, 'base64') AS public_key,
        encode(private_key_encrypted, 'base64') AS private_key_encrypted, encryption_key_id,
        created_at, active_from
      FROM signing_keys
      ORDER BY active_from, key_id
      """;
  private static final String TURN =
      "SELECT pg_advisory_xact_lock(hashtextextended('faultmaven.signing-keys', 0))";
  private static final String ADD =
      """
      INSERT INTO signing_keys
        (key_id, public_key, private_key_encrypted, encryption_key_id, created_at, active_from)
      VALUES ($1, decode($2, 'base64'), decode($3, 'base64'), $4, $5, $6)
      """;
  private static final String REENCRYPT =
      """
      UPDATE signing_keys
      SET private_key_encrypted = decode($2, 'base64'), encryption_key_id = $3
      WHERE key_id = $1
      """;
  private static final String REMOVE = "DELETE FROM signing_keys WHERE active_from < $1";

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresSigningKeys(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<List<StoredSigningKey>> list() {
    return pool.query(LIST).execute().map(PostgresSigningKeys::keys);
  }

  @Override
  public Uni<List<StoredSigningKey>> lock(SqlConnection transaction) {
    return transaction
        .query(TURN)
        .execute()
        .flatMap(turn -> transaction.query(LIST).execute())
        .map(PostgresSigningKeys::keys);
  }

  @Override
  public Uni<Void> add(SqlConnection transaction, StoredSigningKey key) {
    Tuple row =
        Tuple.tuple()
            .addString(key.keyId())
            .addString(key.publicKey())
            .addString(key.encryptedPrivateKey())
            .addString(key.encryptionKeyId())
            .addOffsetDateTime(Rows.utc(key.createdAt()))
            .addOffsetDateTime(Rows.utc(key.activeFrom()));
    return transaction.preparedQuery(ADD).execute(row).replaceWithVoid();
  }

  @Override
  public Uni<Void> reencrypt(SqlConnection transaction, StoredSigningKey key) {
    Tuple row = Tuple.of(key.keyId(), key.encryptedPrivateKey(), key.encryptionKeyId());
    return transaction.preparedQuery(REENCRYPT).execute(row).replaceWithVoid();
  }

  @Override
  public Uni<Integer> removeActiveBefore(SqlConnection transaction, Instant time) {
    return transaction
        .preparedQuery(REMOVE)
        .execute(Tuple.of(Rows.utc(time)))
        .map(rows -> rows.rowCount());
  }

  private static List<StoredSigningKey> keys(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(PostgresSigningKeys::key).toList();
  }

  private static StoredSigningKey key(Row row) {
    return new StoredSigningKey(
        row.getString("key_id"),
        unwrapped(row.getString("public_key")),
        unwrapped(row.getString("private_key_encrypted")),
        row.getString("encryption_key_id"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "active_from"));
  }

  /** PostgreSQL breaks Base64 into lines of 76 characters. */
  private static String unwrapped(String base64) {
    return base64.replace("\n", "");
  }
}
