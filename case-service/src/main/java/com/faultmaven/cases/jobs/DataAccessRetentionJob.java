package com.faultmaven.cases.jobs;

import com.faultmaven.cases.domain.DataAccess;
import com.faultmaven.common.logarchive.AuditSettings;
import com.faultmaven.common.logarchive.LogArchive;
import com.faultmaven.common.logarchive.LogRetentionJob;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Archives and removes old rows of the log of reads of others' cases (specification 7.1). */
@Singleton
public class DataAccessRetentionJob extends LogRetentionJob {
  /** Wires the bean. */
  @Inject
  public DataAccessRetentionJob(LogArchive archive, AuditSettings settings) {
    super("data-access-retention", DataAccess.LOG, archive, settings);
  }
}
