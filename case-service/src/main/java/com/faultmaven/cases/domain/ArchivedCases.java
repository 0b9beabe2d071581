package com.faultmaven.cases.domain;

import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The archive: a case with all its rows as one compressed JSON object, and the rows that say which
 * objects there are. An object is written before the rows go and deleted after the case is gone, so
 * that there is never neither.
 */
public interface ArchivedCases {
  /**
   * Notes that there may be an object of the case from now on, for good: whatever becomes of the
   * archiving, the object goes with the case.
   *
   * @return whether there is such a case, ended and not archived
   */
  Uni<Boolean> expect(String caseId, Instant at);

  /**
   * An ended case that is not archived, with all its rows. Until the transaction ends nobody
   * changes any of them: who wants to holds the case first ({@link CaseStore#hold}), and waits.
   *
   * @return fails with {@link Problem} 409 {@code case-too-large} when the case is larger than the
   *     settings allow
   */
  Uni<Optional<WholeCase>> lockToArchive(SqlConnection tx, String caseId);

  /**
   * A case with all its rows as it is stored.
   *
   * @param caseId its id
   * @param userId its owner
   * @param json JSON text in UTF-8 as PostgreSQL made it, as {@link #read} takes it
   */
  record WholeCase(String caseId, String userId, Buffer json) {}

  /**
   * An archived case's own row, while nobody else restores it. One that is marked as archived and
   * is not loses the mark instead.
   */
  Uni<Optional<Case>> lockToRestore(SqlConnection tx, String caseId);

  /**
   * Stores the object, replacing an earlier one.
   *
   * @return its size in bytes
   */
  Uni<Long> store(WholeCase whole);

  /** The case as it was archived; fails when there is no such object. */
  Uni<Case> read(String caseId);

  /** Notes the object, and deletes the rows that are in it. */
  Uni<Void> empty(SqlConnection tx, String caseId, long sizeBytes, Instant at);

  /** Puts the rows back. */
  Uni<Void> fill(SqlConnection tx, Case archived);

  /** Ended cases that are due for the archive but for some, longest ended first. */
  Uni<List<String>> findDue(
      Instant resolvedBefore, Instant closedBefore, Set<String> except, int limit);

  /** Cases that ended before that time, archived or not, longest ended first. */
  Uni<List<EndedCase>> findEnded(Instant before, int limit);

  /**
   * A case that ended long ago.
   *
   * @param caseId id
   * @param userId its owner
   */
  record EndedCase(String caseId, String userId) {}

  /** Deletes objects whose cases are gone, at most so many; gives how many. */
  Uni<Integer> removeObjects(int limit);

  /** Deletes the objects of a user's cases that are gone, at once. */
  Uni<Void> removeObjects(SqlConnection tx, List<String> caseIds);
}
