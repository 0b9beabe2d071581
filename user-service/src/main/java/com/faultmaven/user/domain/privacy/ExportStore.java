package com.faultmaven.user.domain.privacy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;

/** Exports that may be fetched. They go with the account, and by themselves when they expire. */
public interface ExportStore {
  /** The export; empty when there is none. */
  Uni<Optional<Export>> find(String exportId);

  /** The user's newest export that one asked for and that may still be fetched at that time. */
  Uni<Optional<Export>> findOpen(
      SqlConnection transaction, String userId, String requestedBy, Instant at);

  /** Adds an export; false when there is no such account. */
  Uni<Boolean> add(SqlConnection transaction, Export export);
}
