package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * Evidence came to a case, by a user or from a processed file.
 *
 * @param caseId id of the case
 * @param userId the case's owner
 * @param evidenceIds ids of what was added together, at most 1,000
 * @param addedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record EvidenceAdded(String caseId, String userId, List<String> evidenceIds, Instant addedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.evidence.added.v1";

  public EvidenceAdded {
    evidenceIds = List.copyOf(evidenceIds);
  }

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
