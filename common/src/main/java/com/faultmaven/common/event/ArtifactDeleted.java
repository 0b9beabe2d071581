package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * An uploaded file was deleted.
 *
 * @param fileId id of the file
 * @param caseId its case
 * @param userId owner of the case
 * @param deletedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record ArtifactDeleted(String fileId, String caseId, String userId, Instant deletedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.artifact.deleted.v1";

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
    return EventTopic.ARTIFACTS;
  }
}
