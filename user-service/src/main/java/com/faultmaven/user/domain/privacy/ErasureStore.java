package com.faultmaven.user.domain.privacy;

import com.faultmaven.common.model.WireName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Erasures and what the services have answered. A user has at most one. */
public interface ErasureStore {
  /** What an account is while nobody else can change it. */
  enum AccountState implements WireName {
    ABSENT,
    LIVING,
    DELETED
  }

  /** Keeps everybody else from changing the account until the transaction ends. */
  Uni<AccountState> lockAccount(SqlConnection transaction, String userId);

  /** As {@link #lockAccount}; whether it was deleted before that time, and still is. */
  Uni<Boolean> lockDeletedBefore(SqlConnection transaction, String userId, Instant before);

  /** The erasure; empty when there is none. */
  Uni<Optional<Erasure>> find(String erasureId);

  /** The user's erasure, in the open transaction; empty when there is none. */
  Uni<Optional<Erasure>> findOfUser(SqlConnection transaction, String userId);

  /** Adds an erasure that has been published just now. */
  Uni<Void> add(SqlConnection transaction, Erasure erasure);

  /** Accounts that were deleted before that time and have no erasure, oldest deletions first. */
  Uni<List<String>> findDue(Instant deletedBefore, int limit);

  /** Erasures that have not ended and were last published before that time, oldest first. */
  Uni<List<String>> findLate(Instant publishedBefore, int limit);

  /**
   * Notes that an erasure is published again, unless it has ended or was published meanwhile.
   *
   * @return the erasure; empty when there is nothing to publish
   */
  Uni<Optional<Erasure>> publishAgain(
      SqlConnection transaction, String erasureId, Instant publishedBefore, Instant now);

  /**
   * Keeps a service's first answer, and others that do the same for this erasure waiting until the
   * transaction ends.
   *
   * @return the erasure with the answer; empty when there is none, or it has ended
   */
  Uni<Optional<Erasure>> answer(
      SqlConnection transaction,
      String erasureId,
      String service,
      Map<String, Long> erased,
      Instant at);

  /** Notes the end. */
  Uni<Void> complete(SqlConnection transaction, String erasureId, Instant at);
}
