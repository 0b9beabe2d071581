package com.faultmaven.cases.domain;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.logarchive.ArchivedLog;
import com.faultmaven.common.model.Checks;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code data_access_log}: who saw whose data (specification 8.3).
 *
 * @param accessId id of the line
 * @param accessedAt when
 * @param actorId who saw them
 * @param actorRole the role that allowed it, for example {@code analyst}
 * @param ownerId whose data they are; null for a list over all users
 * @param caseId which case; null for a list
 * @param resource what was seen, for example {@code case}, {@code case.evidence}, {@code
 *     case.search}
 */
public record DataAccess(
    String accessId,
    Instant accessedAt,
    String actorId,
    String actorRole,
    @Nullable String ownerId,
    @Nullable String caseId,
    String resource) {
  /** The log, whose old lines are in the bucket; no line tells where somebody was. */
  public static final ArchivedLog LOG =
      new ArchivedLog(
          "data_access_log", "access_id", "accessed_at", "actor_id", "owner_id", List.of());

  public DataAccess {
    Checks.text(accessId, "access_id");
    requireNonNull(accessedAt, "accessed_at");
    Checks.text(actorId, "actor_id");
    Checks.text(actorRole, "actor_role");
    Checks.text(resource, "resource");
  }
}
