package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Instant;

/**
 * One line of the audit trail (specification 3.2, table case_status_transitions). Never changes.
 *
 * @param transitionId id
 * @param caseId the case
 * @param fromStatus status before
 * @param toStatus status after
 * @param triggeredAt when
 * @param triggeredBy a user id, or {@code system}
 * @param reason why, in words
 */
@JsonNaming(SnakeCaseStrategy.class)
public record StatusTransition(
    String transitionId,
    String caseId,
    CaseStatus fromStatus,
    CaseStatus toStatus,
    Instant triggeredAt,
    String triggeredBy,
    String reason) {
  public StatusTransition {
    Checks.text(transitionId, "transition_id");
    Checks.text(caseId, "case_id");
    requireNonNull(fromStatus, "from_status");
    requireNonNull(toStatus, "to_status");
    requireNonNull(triggeredAt, "triggered_at");
    Checks.text(triggeredBy, "triggered_by");
    Checks.text(reason, "reason");
  }
}
