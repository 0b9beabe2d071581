package com.faultmaven.user.storage;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.user.domain.AccountChanged;
import com.faultmaven.user.domain.InactiveAccount;
import com.faultmaven.user.domain.InactiveAccountStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Accounts that nobody uses, as the tables {@code users} and {@code auth_audit_log} show it. */
@ApplicationScoped
public class PostgresInactiveAccounts implements InactiveAccountStore {
  private static final Cursor BEGINNING = new Cursor(Instant.EPOCH, "");

  // The audit knows what a user has done with the tokens of an earlier log-in. OFFSET 0 keeps it a
  // look-up for each account: as a join it would read the whole log.
  private static final String UNUSED =
      """
      u.deleted_at IS NULL
        AND GREATEST(u.created_at, u.last_login_at) < $1
        AND NOT EXISTS (
          SELECT FROM user_roles r WHERE r.user_id = u.user_id AND r.role = 'admin')
        AND NOT EXISTS (
          SELECT FROM auth_audit_log a
          WHERE a.user_id = u.user_id AND a.occurred_at >= $1 AND a.outcome = 'success'
            AND (a.actor_id = a.user_id OR a.event_type IN ('restored', 'activated'))
          OFFSET 0)
      """;
  static final String FIND =
      """
      SELECT u.user_id, GREATEST(u.created_at, u.last_login_at) AS last_seen_at
      FROM users u
      WHERE (GREATEST(u.created_at, u.last_login_at), u.user_id) > ($2, $3)
        AND %s
      ORDER BY GREATEST(u.created_at, u.last_login_at), u.user_id
      LIMIT $4
      """
          .formatted(UNUSED);
  private static final String LOCK = "SELECT 1 FROM users WHERE user_id = $1 FOR UPDATE";
  static final String DELETE =
      """
      UPDATE users u SET deleted_at = $3, updated_at = $3
      WHERE u.user_id = $2 AND %s
      """
          .formatted(UNUSED);

  private final Pool pool;
  private final Transactions transactions;
  private final Event<AccountChanged> changed;

  /** Wires the bean. */
  @Inject
  public PostgresInactiveAccounts(
      Pool pool, Transactions transactions, Event<AccountChanged> changed) {
    this.pool = pool;
    this.transactions = transactions;
    this.changed = changed;
  }

  @Override
  public Uni<List<InactiveAccount>> find(Instant since, @Nullable Cursor after, int limit) {
    Cursor from = after == null ? BEGINNING : after;
    Tuple row =
        Tuple.tuple()
            .addOffsetDateTime(Rows.utc(since))
            .addOffsetDateTime(Rows.utc(from.time()))
            .addString(from.id())
            .addInteger(limit);
    return pool.preparedQuery(FIND)
        .execute(row)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        found ->
                            new InactiveAccount(
                                found.getString("user_id"), Rows.instant(found, "last_seen_at")))
                    .toList());
  }

  @Override
  public Uni<Boolean> delete(SqlConnection transaction, String userId, Instant since, Instant now) {
    transactions.afterEnd(transaction, () -> changed.fire(new AccountChanged(userId)));
    // Two statements: one that has waited for the lock would still see the roles of before.
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(userId))
        .flatMap(
            locked ->
                transaction
                    .preparedQuery(DELETE)
                    .execute(Tuple.of(Rows.utc(since), userId, Rows.utc(now))))
        .map(rows -> rows.rowCount() == 1);
  }
}
