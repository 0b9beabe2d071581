package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A solution of a case was applied.
 *
 * @param caseId id of the case
 * @param userId the case's owner
 * @param solutionId id of the solution
 * @param appliedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record SolutionApplied(String caseId, String userId, String solutionId, Instant appliedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.solution.applied.v1";

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
