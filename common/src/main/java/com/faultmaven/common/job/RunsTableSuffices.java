package com.faultmaven.common.job;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;

/** The table of runs is all that a service without an audit log of its own keeps. */
@DefaultBean
@ApplicationScoped
public class RunsTableSuffices implements JobAudit {
  @Override
  public Uni<Void> ended(SqlConnection transaction, JobRun run) {
    return Uni.createFrom().voidItem();
  }
}
