package com.faultmaven.knowledge.api;

import com.faultmaven.knowledge.domain.ChunkFilter;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which chunks are looked at; what is left out does not matter.
 *
 * @param documentId of this document, or of this file of a case
 * @param documentType of documents of this kind, or of files of this type of data
 * @param tag of documents with this label
 * @param category of documents that are filed there
 */
@Schema(name = "SearchFilter", description = "Which chunks are looked at")
public record FilterRequest(
    @Size(max = 200) @Nullable String documentId,
    @Schema(examples = "runbook") @Size(max = 50) @Nullable String documentType,
    @Size(max = 50) @Nullable String tag,
    @Size(max = 500) @Nullable String category) {
  /** What the domain takes. */
  static ChunkFilter of(@Nullable FilterRequest filter) {
    return filter == null
        ? ChunkFilter.NONE
        : new ChunkFilter(
            filter.documentId(), filter.documentType(), filter.tag(), filter.category());
  }
}
