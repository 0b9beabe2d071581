package com.faultmaven.user.jobs;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.job.JobAudit;
import com.faultmaven.common.job.JobOutcome;
import com.faultmaven.common.job.JobRun;
import com.faultmaven.user.domain.AuthAuditLog;
import com.faultmaven.user.domain.AuthEvent;
import com.faultmaven.user.domain.AuthEventType;
import com.faultmaven.user.domain.AuthOutcome;
import com.faultmaven.user.domain.RequestOrigin;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.TreeMap;

/** Each run of a job is a row of the audit log, with what it did: {@code signing-keys made=1 …}. */
@ApplicationScoped
public class JobsInAuthAudit implements JobAudit {
  private final AuthAuditLog audit;

  /** Wires the bean. */
  @Inject
  public JobsInAuthAudit(AuthAuditLog audit) {
    this.audit = audit;
  }

  @Override
  public Uni<Void> ended(SqlConnection transaction, JobRun run) {
    RequestOrigin origin = RequestOrigin.self();
    AuthEvent event =
        new AuthEvent(
            Ids.next(),
            AuthEventType.JOB_RUN,
            run.outcome() == JobOutcome.SUCCEEDED ? AuthOutcome.SUCCESS : AuthOutcome.FAILURE,
            null,
            run.requestedBy(),
            origin.address(),
            origin.userAgent(),
            detail(run),
            run.seenAt());
    return audit.append(transaction, event);
  }

  private static String detail(JobRun run) {
    StringBuilder text = new StringBuilder(run.job());
    new TreeMap<>(run.counts())
        .forEach((item, count) -> text.append(' ').append(item).append('=').append(count));
    if (run.error() != null) {
      text.append(" error=").append(run.error());
    }
    return text.toString();
  }
}
