package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * A case went into the archive: its rows are in an object, its own row stays.
 *
 * @param caseId id of the case
 * @param userId its owner
 * @param archivedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record CaseArchived(String caseId, String userId, Instant archivedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.case.archived.v1";

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
