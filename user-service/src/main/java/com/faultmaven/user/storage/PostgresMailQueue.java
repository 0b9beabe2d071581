package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.user.domain.mail.MailKind;
import com.faultmaven.user.domain.mail.MailQueue;
import com.faultmaven.user.domain.mail.QueuedMail;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** Table {@code mail_queue} in {@code auth_db}. */
@ApplicationScoped
public class PostgresMailQueue implements MailQueue {
  static final String ADD =
      """
      INSERT INTO mail_queue
        (mail_id, kind, user_id, recipient, sealed_token, encryption_key_id, created_at,
         next_attempt_at)
      SELECT $1, $2, u.user_id, $4, decode($5, 'base64'), $6, $7, $7
      FROM users u WHERE u.user_id = $3
      """;
  static final String TAKE =
      """
      UPDATE mail_queue q SET next_attempt_at = $2, attempts = q.attempts + 1
      WHERE q.mail_id = ANY (ARRAY(
        SELECT mail_id FROM mail_queue
        WHERE next_attempt_at <= $1
        ORDER BY next_attempt_at
        LIMIT $3
        FOR UPDATE SKIP LOCKED))
      RETURNING q.mail_id, q.kind, q.user_id, q.recipient,
        encode(q.sealed_token, 'base64') AS sealed_token, q.encryption_key_id, q.attempts,
        q.created_at
      """;
  private static final String REMOVE = "DELETE FROM mail_queue WHERE mail_id = $1";
  private static final String POSTPONE =
      "UPDATE mail_queue SET next_attempt_at = $2 WHERE mail_id = $1";

  private final Pool pool;

  /** Wires the bean. */
  @Inject
  public PostgresMailQueue(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<Void> add(SqlConnection transaction, QueuedMail mail) {
    QueuedMail.SealedToken token = mail.token();
    Tuple row =
        Tuple.tuple()
            .addString(mail.mailId())
            .addString(mail.kind().wireName())
            .addString(mail.userId())
            .addString(mail.recipient())
            .addString(token == null ? null : token.sealed())
            .addString(token == null ? null : token.keyId())
            .addOffsetDateTime(Rows.utc(mail.createdAt()));
    return transaction.preparedQuery(ADD).execute(row).replaceWithVoid();
  }

  @Override
  public Uni<List<QueuedMail>> take(Instant now, Instant leaseEnd, int limit) {
    return pool.preparedQuery(TAKE)
        .execute(Tuple.of(Rows.utc(now), Rows.utc(leaseEnd), limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(PostgresMailQueue::mail)
                    .toList());
  }

  @Override
  public Uni<Void> remove(String mailId) {
    return pool.preparedQuery(REMOVE).execute(Tuple.of(mailId)).replaceWithVoid();
  }

  @Override
  public Uni<Void> postpone(String mailId, Instant nextAttempt) {
    return pool.preparedQuery(POSTPONE)
        .execute(Tuple.of(mailId, Rows.utc(nextAttempt)))
        .replaceWithVoid();
  }

  private static QueuedMail mail(Row row) {
    String sealed = row.getString("sealed_token");
    return new QueuedMail(
        row.getString("mail_id"),
        WireName.require(MailKind.class, row.getString("kind")),
        row.getString("user_id"),
        row.getString("recipient"),
        sealed == null
            ? null
            : new QueuedMail.SealedToken(
                sealed.replace("\n", ""), row.getString("encryption_key_id")),
        row.getInteger("attempts"),
        Rows.instant(row, "created_at"));
  }
}
