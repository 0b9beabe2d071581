package com.faultmaven.user.jobs;

import com.faultmaven.user.domain.AuditRetention;
import com.faultmaven.user.domain.AuditSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Removes old events from the audit log (specification 7.1). */
@Singleton
public class AuthAuditRetentionJob extends LogRetentionJob {
  /** Wires the bean. */
  @Inject
  public AuthAuditRetentionJob(AuditRetention retention, AuditSettings settings) {
    super("auth-audit-retention", settings, retention::forgetAuthEvents);
  }
}
