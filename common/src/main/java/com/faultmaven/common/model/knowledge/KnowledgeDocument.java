package com.faultmaven.common.model.knowledge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Instant;

/**
 * A document of a knowledge base (specification 5.3).
 *
 * @param documentId id, as given when it came from outside, unique within its collection
 * @param userId the owner
 * @param title title
 * @param content full text
 * @param documentType what kind: troubleshooting, configuration, runbook and so on
 * @param metadata what else is known
 * @param createdAt when it was added
 * @param updatedAt when it last changed
 */
@JsonNaming(SnakeCaseStrategy.class)
public record KnowledgeDocument(
    String documentId,
    String userId,
    String title,
    String content,
    String documentType,
    DocumentMetadata metadata,
    Instant createdAt,
    Instant updatedAt) {
  public KnowledgeDocument {
    Checks.text(documentId, "document_id");
    Checks.text(userId, "user_id");
    Checks.text(title, "title");
    Checks.text(content, "content");
    Checks.text(documentType, "document_type");
    requireNonNull(metadata, "metadata");
    requireNonNull(createdAt, "created_at");
    requireNonNull(updatedAt, "updated_at");
  }
}
