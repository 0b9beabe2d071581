package com.faultmaven.user.domain;

import com.faultmaven.common.web.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Accounts that nobody uses: not deleted, not an administrator's, registered before a time and
 * since then neither signed in to, nor used with the tokens of an earlier log-in, nor restored or
 * activated by an administrator.
 */
public interface InactiveAccountStore {
  /**
   * Finds them.
   *
   * @param since the time since which nobody has used them
   * @param after the last account that was found before; null for the first
   * @param limit how many at most
   * @return those that nobody has seen the longest first
   */
  Uni<List<InactiveAccount>> find(Instant since, @Nullable Cursor after, int limit);

  /**
   * Deletes one softly, if it is still inactive: a sign-in that is under way is waited for.
   *
   * @return whether it was deleted
   */
  Uni<Boolean> delete(SqlConnection transaction, String userId, Instant since, Instant now);
}
