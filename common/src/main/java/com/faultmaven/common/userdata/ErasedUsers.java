package com.faultmaven.common.userdata;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/**
 * Users whose data are erased: their ids stay, so that what was on its way when the erasure came (a
 * request with a token that is valid for some minutes more, a late event) does not bring data back.
 *
 * <p>A transaction that adds data in a user's name asks {@link #isErased} first, and the answer
 * holds until it ends: the erasure waits for those that came before it, and who comes after it sees
 * it.
 */
@ApplicationScoped
public class ErasedUsers {
  private static final String SHARE =
      "SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 11))";
  private static final String FIND = "SELECT 1 FROM erased_users WHERE user_id = $1";
  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 11))";
  private static final String REMEMBER =
      """
      INSERT INTO erased_users (user_id, erased_at) VALUES ($1, $2)
      ON CONFLICT (user_id) DO NOTHING
      """;

  /** Whether the user's data are erased; they are not as long as the open transaction lasts. */
  public Uni<Boolean> isErased(SqlConnection transaction, String userId) {
    // Sent together, yet two statements: the second sees what was committed while the first waited.
    return Uni.combine()
        .all()
        .unis(
            transaction.preparedQuery(SHARE).execute(Tuple.of(userId)),
            transaction.preparedQuery(FIND).execute(Tuple.of(userId)))
        .asTuple()
        .map(both -> both.getItem2().rowCount() > 0);
  }

  /** Fails with {@link Problem} 401 {@code account-gone} when the user's data are erased. */
  public Uni<Void> requireNotErased(SqlConnection transaction, String userId) {
    return isErased(transaction, userId)
        .invoke(
            erased -> {
              if (erased) {
                throw Problem.of(401, "account-gone", "This account has been deleted.");
              }
            })
        .replaceWithVoid();
  }

  /** Remembers the user, after all transactions that add data in the user's name have ended. */
  Uni<Void> remember(SqlConnection transaction, String userId, Instant at) {
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(userId))
        .chain(() -> transaction.preparedQuery(REMEMBER).execute(Tuple.of(userId, Rows.utc(at))))
        .replaceWithVoid();
  }
}
