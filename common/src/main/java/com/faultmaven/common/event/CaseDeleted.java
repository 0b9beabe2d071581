package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A case was deleted with everything in it.
 *
 * @param caseId id of the case
 * @param userId its owner
 * @param deletedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record CaseDeleted(String caseId, String userId, Instant deletedAt) implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.case.deleted.v1";

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
