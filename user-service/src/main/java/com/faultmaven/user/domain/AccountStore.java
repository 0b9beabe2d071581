package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import com.faultmaven.common.repository.UserRepository;
import com.faultmaven.common.web.Problem;
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
   * @param password the password that was right; null when it was no password
   * @return the account as stored; empty when it is deleted, deactivated or has another password by
   *     now
   */
  Uni<Optional<User>> recordLogin(
      SqlConnection transaction,
      String userId,
      Instant at,
      SignIn.@Nullable ProvenPassword password);

  /**
   * Whether an account may act as an administrator now, whatever its tokens say. Waits for its turn
   * as {@link #hasOtherAdmin} does, so that it stays so until the transaction ends.
   */
  Uni<Boolean> isActiveAdmin(SqlConnection transaction, String userId);

  /** Fails with {@link Problem} 403 unless the account may act as an administrator now. */
  default Uni<Void> requireActiveAdmin(SqlConnection transaction, String userId) {
    return isActiveAdmin(transaction, userId)
        .invoke(
            admin -> {
              if (!admin) {
                throw Problem.forbidden("You are not an administrator any more; log in again.");
              }
            })
        .replaceWithVoid();
  }

  /** Whether an account, deleted or not, is deactivated. */
  Uni<Boolean> isDeactivated(SqlConnection transaction, String userId);

  /**
   * As {@link #requireActiveAdmin}, unless the account is the actor's own: then it fails with 401
   * when it was deactivated since the actor's token was made.
   */
  default Uni<Void> requireMayChange(SqlConnection transaction, Actor actor, String userId) {
    return actor.userId().equals(userId)
        ? isDeactivated(transaction, userId)
            .invoke(
                deactivated -> {
                  if (deactivated) {
                    throw PasswordConfirmation.accountGone();
                  }
                })
            .replaceWithVoid()
        : requireActiveAdmin(transaction, actor.userId());
  }

  /** Whether the erasure of the account's data has begun, which nothing takes back. */
  Uni<Boolean> isBeingErased(SqlConnection transaction, String userId);

  /**
   * Lets one transaction after the other decide about administrators: waits for its turn, which
   * lasts until the transaction ends.
   *
   * @return whether an active administrator other than this account exists
   */
  Uni<Boolean> hasOtherAdmin(SqlConnection transaction, String userId);
}
