package com.faultmaven.common.userdata;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Map;

/** What a service does to erase a user's data: one bean in each service. */
public interface UserDataErasure {
  /**
   * Erases everything that the service holds about the user. It may be called again, also after it
   * has succeeded, and then erases what is left. What lies outside the database goes before the
   * transaction commits: only what is gone may be answered for.
   *
   * @param transaction in which nobody else writes for this user, see {@link ErasedUsers}
   * @return how many things, by kind in snake_case
   */
  Uni<Map<String, Long>> erase(SqlConnection transaction, String userId, Instant at);
}
