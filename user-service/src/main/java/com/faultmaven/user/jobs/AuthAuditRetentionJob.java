package com.faultmaven.user.jobs;

import com.faultmaven.common.logarchive.AuditSettings;
import com.faultmaven.common.logarchive.LogArchive;
import com.faultmaven.common.logarchive.LogRetentionJob;
import com.faultmaven.user.domain.AuditLogs;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Archives and removes old events of the audit log (specification 7.1). */
@Singleton
public class AuthAuditRetentionJob extends LogRetentionJob {
  /** Wires the bean. */
  @Inject
  public AuthAuditRetentionJob(LogArchive archive, AuditSettings settings) {
    super("auth-audit-retention", AuditLogs.AUTH_EVENTS, archive, settings);
  }
}
