package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.ClosureReason;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A case went from one status to the next.
 *
 * @param caseId id of the case
 * @param userId its owner
 * @param fromStatus status before
 * @param toStatus status now
 * @param closureReason why it ended, for a terminal status
 * @param changedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record CaseStatusChanged(
    String caseId,
    String userId,
    CaseStatus fromStatus,
    CaseStatus toStatus,
    @Nullable ClosureReason closureReason,
    Instant changedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.case.status-changed.v1";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String aggregateId() {
    return caseId;
  }

  @Override
  public EventTopic topic() {
    return EventTopic.CASES;
  }
}
