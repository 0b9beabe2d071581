package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/**
 * Something beside the password that an account can be signed in with: a bean of this type for each
 * kind. All are asked when an account turns out to have been somebody else's until now.
 */
public interface AccountCredentials {
  /** Removes what there is of this kind, in the open transaction; false when there is nothing. */
  Uni<Boolean> removeAll(SqlConnection transaction, String userId);

  /** Whether they came by mail: then they are whose the address is, and nobody has set them up. */
  default boolean cameByMail() {
    return false;
  }
}
