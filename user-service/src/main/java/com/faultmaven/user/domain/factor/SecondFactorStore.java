package com.faultmaven.user.domain.factor;

import com.faultmaven.user.domain.TokenHash;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Second factors, and the log-ins that wait for one. */
public interface SecondFactorStore {
  /** An account's authenticator application, confirmed or not. */
  Uni<Optional<StoredTotp>> find(String userId);

  /** The same, in the open transaction. */
  Uni<Optional<StoredTotp>> find(SqlConnection transaction, String userId);

  /** Stores an unconfirmed secret in place of one that is not confirmed; false when one is. */
  Uni<Boolean> propose(SqlConnection transaction, StoredTotp totp);

  /**
   * Confirms an unconfirmed secret and uses up the step of the code that proved it.
   *
   * @return false when it has been confirmed or replaced since it was read
   */
  Uni<Boolean> confirm(SqlConnection transaction, StoredTotp totp, long step, Instant at);

  /** Uses up the code of a step; false when it, or a later one, was used already. */
  Uni<Boolean> useStep(SqlConnection transaction, String userId, long step);

  /** Removes an account's second factor with its recovery codes; false when there is none. */
  Uni<Boolean> remove(SqlConnection transaction, String userId);

  /** Replaces all recovery codes of an account. */
  Uni<Void> replaceCodes(
      SqlConnection transaction, String userId, List<TokenHash> codes, Instant at);

  /** Uses up a recovery code; false when the account does not have it (any more). */
  Uni<Boolean> useCode(SqlConnection transaction, String userId, TokenHash code);

  /** How many recovery codes an account has left. */
  Uni<Integer> codesLeft(String userId);

  /** Opens a challenge, and forgets the account's expired ones. */
  Uni<Void> open(LoginChallenge challenge);

  /**
   * Counts a try at a challenge.
   *
   * @return the challenge with the try counted, expired or not; empty when there is none
   */
  Uni<Optional<LoginChallenge>> countAttempt(TokenHash challenge);

  /** Ends a challenge; false when it has ended already. */
  Uni<Boolean> close(SqlConnection transaction, TokenHash challenge);
}
