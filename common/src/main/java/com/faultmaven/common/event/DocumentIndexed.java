package com.faultmaven.common.event;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A document or a file of a case became searchable.
 *
 * @param documentId id of the document or file
 * @param collection where it is searched
 * @param userId owner of the collection; null for the global one
 * @param status indexed or failed
 * @param chunks how many pieces it was cut into
 * @param embeddingModel model that made the vectors
 * @param indexedAt when
 */
@JsonNaming(SnakeCaseStrategy.class)
@RegisterForReflection
public record DocumentIndexed(
    String documentId,
    String collection,
    @Nullable String userId,
    String status,
    int chunks,
    String embeddingModel,
    Instant indexedAt)
    implements DomainEvent {
  /** The CloudEvent's type. */
  public static final String TYPE = "com.faultmaven.knowledge.document-indexed.v1";

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public String aggregateId() {
    return documentId;
  }

  @Override
  public EventTopic topic() {
    return EventTopic.KNOWLEDGE;
  }
}
