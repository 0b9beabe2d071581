package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.repository.UserRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Accounts, with the writes that share a transaction with something else. */
public interface AccountStore extends UserRepository {
  /** As {@link #save(User)}, in the open transaction. */
  Uni<User> save(SqlConnection transaction, User user);

  /** As {@link #update(String, UnaryOperator)}, in the open transaction. */
  Uni<Optional<User>> update(SqlConnection transaction, String userId, UnaryOperator<User> change);

  /** As {@link #get(String)}, in the open transaction. */
  Uni<Optional<User>> get(SqlConnection transaction, String userId);

  /** As {@link #getBySso}, in the open transaction, and whether or not it has been deleted. */
  Uni<Optional<User>> getBySsoIncludingDeleted(
      SqlConnection transaction, String provider, String providerId);

  /** As {@link #getByEmail}, in the open transaction, and whether or not it has been deleted. */
  Uni<Optional<User>> getByEmailIncludingDeleted(SqlConnection transaction, String email);

  /**
   * Notes a log-in.
   *
   * @param newHash the password's hash with today's cost; null to keep the stored one
   * @return the account as stored; empty when it is deleted or deactivated by now
   */
  Uni<Optional<User>> recordLogin(
      SqlConnection transaction, String userId, Instant at, @Nullable String newHash);

  /**
   * Whether an account may act as an administrator now, whatever its tokens say. Waits for its turn
   * as {@link #hasOtherAdmin} does, so that it stays so until the transaction ends.
   */
  Uni<Boolean> isActiveAdmin(SqlConnection transaction, String userId);

  /**
   * Lets one transaction after the other decide about administrators: waits for its turn, which
   * lasts until the transaction ends.
   *
   * @return whether an active administrator other than this account exists
   */
  Uni<Boolean> hasOtherAdmin(SqlConnection transaction, String userId);
}
