package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.cases.HypothesisStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A hypothesis of a case went from one status to the next.
 *
 * @param caseId id of the case
 * @param userId the case's owner
 * @param hypothesisId id of the hypothesis
 * @param fromStatus status before
 * @param toStatus status now
 * @param changedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record HypothesisStatusChanged(
    String caseId,
    String userId,
    String hypothesisId,
    HypothesisStatus fromStatus,
    HypothesisStatus toStatus,
    Instant changedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.hypothesis.status-changed.v1";

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
