package com.faultmaven.common.job;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Where a service notes what jobs have done, beside the table of runs. */
public interface JobAudit {
  /** Notes the end of a run, in the transaction that writes it to the table of runs. */
  Uni<Void> ended(SqlConnection transaction, JobRun run);
}
