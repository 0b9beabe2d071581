package com.faultmaven.user.domain;

import com.faultmaven.common.logarchive.ArchivedLog;
import java.util.List;

/** The append-only logs of this service, whose old rows are in the bucket. */
public final class AuditLogs {
  /** What happened with accounts. */
  public static final ArchivedLog AUTH_EVENTS =
      new ArchivedLog(
          "auth_audit_log",
          "audit_id",
          "occurred_at",
          "actor_id",
          "user_id",
          List.of("address", "user_agent"));

  /** Who has read whose data. */
  public static final ArchivedLog DATA_ACCESS =
      new ArchivedLog(
          "data_access_log", "access_id", "occurred_at", "actor_id", "user_id", List.of("address"));

  private AuditLogs() {}
}
