package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.cases.CaseStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;

/**
 * This service's copy of which cases there are and whose they are (decisions, section 1). Every
 * {@code Uni} fails with what {@code DatabaseFailures.isTransient} knows when PostgreSQL is away.
 */
public interface CaseProjection {
  /** The case; empty when the copy does not have it. */
  Uni<Optional<CaseOwnership>> find(String caseId);

  /**
   * Adds a case that case-service has answered for. One that is there already stays as it is, one
   * that was deleted does not come back.
   *
   * @return whether the case is there now
   */
  Uni<Boolean> add(CaseOwnership found);

  /** Adds a case that was opened; one that is there already or was deleted stays so. */
  Uni<Void> opened(SqlConnection transaction, CaseOwnership opened);

  /** Notes a case's status, and adds the case when it is missing. */
  Uni<Void> statusChanged(
      SqlConnection transaction, String caseId, String userId, CaseStatus status);

  /** Removes a case with the rows of its files, and remembers that it is gone. */
  Uni<Void> deleted(SqlConnection transaction, String caseId, Instant at);

  /** Forgets deletions from before the time; gives how many. */
  Uni<Integer> forgetDeleted(Instant before);
}
