package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.User;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account was given to sign in with before its address was confirmed. Somebody may have
 * registered it with an address that is not theirs, and wait for its owner: when the owner is there
 * for the first time, by a mail's token or by another issuer's word, all of it goes.
 */
@ApplicationScoped
public class UnprovenCredentials {
  private final List<AccountCredentials> kinds;

  /** Wires the bean. */
  @Inject
  public UnprovenCredentials(@All List<AccountCredentials> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  /**
   * Removes all of it, in the open transaction; the password and log-ins are the caller's matter.
   *
   * @return whether there was any
   */
  public Uni<Boolean> removeAll(SqlConnection tx, String userId) {
    return remove(tx, userId, kinds);
  }

  /**
   * As {@link #removeAll}, for somebody who has read the account's mail: what else was sent there
   * is theirs, and stays.
   */
  public Uni<Boolean> removeWhatWasSetUp(SqlConnection tx, String userId) {
    return remove(tx, userId, kinds.stream().filter(kind -> !kind.cameByMail()).toList());
  }

  private static Uni<Boolean> remove(
      SqlConnection tx, String userId, List<AccountCredentials> kinds) {
    Uni<Boolean> removed = Uni.createFrom().item(false);
    for (AccountCredentials kind : kinds) {
      removed = removed.flatMap(before -> kind.removeAll(tx, userId).map(some -> before || some));
    }
    return removed;
  }

  /**
   * Whether the account has been given another password, or was confirmed to be somebody's, since:
   * what was begun before, by whom may be another, must not be finished then.
   */
  public static boolean isOutdated(Instant begun, User user) {
    return isAfter(user.lastPasswordChangeAt(), begun) || isAfter(user.emailVerifiedAt(), begun);
  }

  private static boolean isAfter(@Nullable Instant time, Instant begun) {
    return time != null && time.isAfter(begun);
  }
}
