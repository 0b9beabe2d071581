package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.user.domain.TokenHash;
import com.faultmaven.user.domain.sso.SsoLogin;
import com.faultmaven.user.domain.sso.SsoLoginStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Table {@code sso_logins} in {@code auth_db}. */
@ApplicationScoped
public class PostgresSsoLogins implements SsoLoginStore {
  /** More than one for each that is added, so that what was left by a rush goes away in the end. */
  static final String FORGET =
      """
      DELETE FROM sso_logins WHERE state_hash IN (
        SELECT state_hash FROM sso_logins WHERE expires_at < $1
        ORDER BY expires_at LIMIT 20
        FOR UPDATE SKIP LOCKED)
      """;

  private static final String ADD =
      """
      INSERT INTO sso_logins (
        state_hash, provider, browser_hash, nonce_hash, verifier_sealed, encryption_key_id,
        client_id, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """;

  // One statement: of two that run at once the second finds nothing.
  static final String USE =
      """
      DELETE FROM sso_logins
      WHERE state_hash = $1 AND provider = $2 AND browser_hash = $3 AND expires_at > $4
      RETURNING *
      """;

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresSsoLogins(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Void> add(SsoLogin login) {
    Tuple row =
        Tuple.tuple()
            .addValue(buffer(login.state()))
            .addString(login.provider())
            .addValue(buffer(login.browser()))
            .addValue(buffer(login.nonce()))
            .addValue(Buffer.buffer(Base64.getDecoder().decode(login.sealedVerifier())))
            .addString(login.encryptionKeyId())
            .addString(login.clientId())
            .addOffsetDateTime(Rows.utc(login.createdAt()))
            .addOffsetDateTime(Rows.utc(login.expiresAt()));
    return pool.preparedQuery(FORGET)
        .execute(Tuple.of(Rows.utc(login.createdAt())))
        .flatMap(forgotten -> pool.preparedQuery(ADD).execute(row))
        .replaceWithVoid();
  }

  @Override
  public Uni<Optional<SsoLogin>> use(
      TokenHash state, String provider, TokenHash browser, Instant now) {
    Tuple row =
        Tuple.tuple()
            .addValue(buffer(state))
            .addString(provider)
            .addValue(buffer(browser))
            .addOffsetDateTime(Rows.utc(now));
    return pool.preparedQuery(USE)
        .execute(row)
        .map(
            rows -> {
              RowIterator<Row> all = rows.iterator();
              return all.hasNext() ? Optional.of(login(all.next())) : Optional.empty();
            });
  }

  private static SsoLogin login(Row row) {
    return new SsoLogin(
        hash(row, "state_hash"),
        row.getString("provider"),
        hash(row, "browser_hash"),
        hash(row, "nonce_hash"),
        Base64.getEncoder().encodeToString(bytes(row, "verifier_sealed")),
        row.getString("encryption_key_id"),
        row.getString("client_id"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "expires_at"));
  }

  private static TokenHash hash(Row row, String column) {
    return TokenHash.of(bytes(row, column));
  }

  private static byte[] bytes(Row row, String column) {
    return row.get(Buffer.class, column).getBytes();
  }

  private static Buffer buffer(TokenHash hash) {
    return Buffer.buffer(hash.bytes());
  }
}
