package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.cases.CaseStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A case was opened.
 *
 * @param caseId id of the case
 * @param userId its owner
 * @param status its first status
 * @param sessionId the session in which it was opened, when there is one
 * @param createdAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record CaseCreated(
    String caseId, String userId, CaseStatus status, @Nullable String sessionId, Instant createdAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.case.created.v1";

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
