package com.faultmaven.user.jobs;

import com.faultmaven.user.domain.AuditRetention;
import com.faultmaven.user.domain.AuditSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Removes old rows from the log of reads of others' data (specification 7.1). */
@Singleton
public class DataAccessRetentionJob extends LogRetentionJob {
  /** Wires the bean. */
  @Inject
  public DataAccessRetentionJob(AuditRetention retention, AuditSettings settings) {
    super("data-access-retention", settings, retention::forgetDataAccess);
  }
}
