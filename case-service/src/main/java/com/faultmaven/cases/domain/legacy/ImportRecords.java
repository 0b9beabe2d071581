package com.faultmaven.cases.domain.legacy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is remembered of imports: which cases came from where, and what was refused. */
public interface ImportRecords {
  /** Fingerprint of the case as it was imported; empty when it was not. */
  Uni<Optional<String>> fingerprint(String caseId);

  /** Remembers the case, within the transaction that stores it. */
  Uni<Void> remember(SqlConnection tx, String caseId, String fingerprint, Instant at);

  /** Writes into a run's report why a key was refused. */
  Uni<Void> refuse(String runId, String key, List<Flaw> flaws);

  /** Lines of a run's report after a place, in their order. */
  Uni<List<Refusal>> refusals(String runId, long after, int limit);
}
