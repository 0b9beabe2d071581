package com.faultmaven.knowledge.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;

/** Whose the cases are, as case-service has said: a projection that may be behind. */
public interface KnownCases {
  /**
   * What is known of a case.
   *
   * @param userId its owner
   * @param deleted whether it is gone
   */
  record KnownCase(String userId, boolean deleted) {}

  /** The case; empty when nothing was said of it yet. */
  Uni<Optional<KnownCase>> find(String caseId);

  /** Keeps what was heard of a case, unless something is known already. */
  Uni<Void> add(String caseId, String userId, Instant now);

  /** Keeps what was heard of a case, unless something is known already. */
  Uni<Void> add(SqlConnection transaction, String caseId, String userId, Instant now);

  /** Keeps that the case is gone. */
  Uni<Void> delete(SqlConnection transaction, String caseId, String userId, Instant at);

  /**
   * Makes this transaction and those that do the same for the case follow one another, and tells
   * whether the case is gone.
   */
  Uni<Boolean> lockAndTellDeleted(SqlConnection transaction, String caseId);
}
