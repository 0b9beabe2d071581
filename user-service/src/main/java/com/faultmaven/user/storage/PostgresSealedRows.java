package com.faultmaven.user.storage;

import com.faultmaven.user.domain.SealedRow;
import com.faultmaven.user.domain.SealedRows;
import com.faultmaven.user.domain.factor.SecondFactors;
import com.faultmaven.user.domain.mail.MailComposer;
import com.faultmaven.user.domain.sso.SsoStart;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tables of {@code auth_db} that hold something encrypted, but for {@code signing_keys}. */
@ApplicationScoped
public class PostgresSealedRows implements SealedRows {
  private static final List<Sealed> TABLES =
      List.of(
          new Sealed("totp_secrets", "user_id", "sealed_secret", false, SecondFactors::sealContext),
          new Sealed("mail_queue", "mail_id", "sealed_token", false, MailComposer::sealContext),
          new Sealed("sso_logins", "state_hash", "verifier_sealed", true, SsoStart::sealContext));

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresSealedRows(Pool pool) {
    this.pool = pool;
  }

  /**
   * A table.
   *
   * @param key its primary key
   * @param column what is encrypted; the key's id is beside it
   * @param binary whether the primary key is bytes, which ids give in hexadecimal digits
   * @param context by id, what the secret belongs to
   */
  private record Sealed(
      String table, String key, String column, boolean binary, UnaryOperator<String> context) {
    // Two ranges: an index has them, where it has no "other than this one".
    String find() {
      return """
      SELECT %1$s AS id, encode(%3$s, 'base64') AS sealed, encryption_key_id
      FROM %4$s
      WHERE (encryption_key_id < $1 OR encryption_key_id > $1) AND %2$s > %5$s
      ORDER BY %2$s
      LIMIT $3
      """
          .formatted(binary ? "encode(" + key + ", 'hex')" : key, key, column, table, id("$2"));
    }

    String replace() {
      return """
      UPDATE %1$s SET %2$s = decode($3, 'base64'), encryption_key_id = $4
      WHERE %3$s = %4$s AND %2$s = decode($2, 'base64')
      """
          .formatted(table, column, key, id("$1"));
    }

    private String id(String parameter) {
      return binary ? "decode(" + parameter + ", 'hex')" : parameter;
    }
  }

  /** The statements that find rows, for the test of their plans. */
  static List<String> statements() {
    return TABLES.stream().map(Sealed::find).toList();
  }

  @Override
  public List<String> kinds() {
    return TABLES.stream().map(Sealed::table).toList();
  }

  @Override
  public Uni<List<SealedRow>> findOfOtherKeys(
      String kind, String keyId, @Nullable String after, int most) {
    Sealed table = table(kind);
    return pool.preparedQuery(table.find())
        .execute(Tuple.of(keyId, after == null ? "" : after, most))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row(table, row))
                    .toList());
  }

  @Override
  public Uni<Boolean> replace(String kind, SealedRow read, String sealed, String keyId) {
    return pool.preparedQuery(table(kind).replace())
        .execute(Tuple.of(read.id(), read.sealed(), sealed, keyId))
        .map(rows -> rows.rowCount() == 1);
  }

  private static Sealed table(String kind) {
    return TABLES.stream()
        .filter(known -> known.table.equals(kind))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nothing sealed: " + kind));
  }

  private static SealedRow row(Sealed table, Row row) {
    String id = row.getString("id");
    return new SealedRow(
        id,
        table.context.apply(id),
        // PostgreSQL breaks Base64 into lines of 76 characters.
        row.getString("sealed").replace("\n", ""),
        row.getString("encryption_key_id"));
  }
}
