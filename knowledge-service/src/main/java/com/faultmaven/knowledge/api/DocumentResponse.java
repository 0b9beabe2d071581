package com.faultmaven.knowledge.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.knowledge.DocumentMetadata;
import com.faultmaven.common.model.knowledge.KnowledgeDocument;
import com.faultmaven.knowledge.domain.IndexStatus;
import com.faultmaven.knowledge.domain.IndexedDocument;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A document and how far its way into the index is.
 *
 * @param documentId its id
 * @param userId who keeps it; of a global one, who added it
 * @param title its title
 * @param content its full text, redacted; only when this one document is read
 * @param preview the beginning of its text; only in lists
 * @param documentType what kind it is
 * @param metadata what else is known
 * @param status how far it is
 * @param error why it is not indexed
 * @param revision counts its changes
 * @param chunks how many chunks can be found
 * @param sizeBytes bytes of its text in UTF-8
 * @param redactions what was taken out, by kind
 * @param embeddingModel model that embedded it
 * @param createdAt when it was added
 * @param updatedAt when it last changed
 * @param indexedAt when it was indexed last
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
@Schema(name = "Document", description = "A document and how far its way into the index is")
public record DocumentResponse(
    @Schema(examples = "db-timeouts") String documentId,
    String userId,
    @Schema(examples = "Database timeouts") String title,
    @Nullable String content,
    @Nullable String preview,
    @Schema(examples = "runbook") String documentType,
    DocumentMetadata metadata,
    @Schema(
            implementation = String.class,
            enumeration = {"pending", "indexing", "indexed", "failed"})
        IndexStatus status,
    @Nullable String error,
    long revision,
    int chunks,
    long sizeBytes,
    Map<String, Integer> redactions,
    @Nullable String embeddingModel,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant indexedAt) {
  /** The document with its content. */
  static DocumentResponse whole(IndexedDocument document) {
    return of(document, document.document().content(), null);
  }

  /** The document in a list. */
  static DocumentResponse inList(IndexedDocument document) {
    return of(document, null, document.document().content());
  }

  /** The document without its text, for whom has just sent it. */
  static DocumentResponse state(IndexedDocument document) {
    return of(document, null, null);
  }

  private static DocumentResponse of(
      IndexedDocument indexed, @Nullable String content, @Nullable String preview) {
    KnowledgeDocument document = indexed.document();
    return new DocumentResponse(
        document.documentId(),
        document.userId(),
        document.title(),
        content,
        preview,
        document.documentType(),
        document.metadata(),
        indexed.status(),
        indexed.error(),
        indexed.revision(),
        indexed.chunks(),
        indexed.sizeBytes(),
        indexed.redactions(),
        indexed.embeddingModel(),
        document.createdAt(),
        document.updatedAt(),
        indexed.indexedAt());
  }
}
