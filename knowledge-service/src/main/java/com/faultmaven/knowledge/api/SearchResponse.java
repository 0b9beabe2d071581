package com.faultmaven.knowledge.api;

import com.faultmaven.knowledge.domain.FoundChunk;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What was found.
 *
 * @param items chunks, the nearest first
 */
@Schema(name = "SearchResult", description = "Chunks that were found, the nearest first")
public record SearchResponse(List<ChunkResponse> items) {
  /** The answer to a search. */
  static SearchResponse of(List<FoundChunk> found) {
    return new SearchResponse(found.stream().map(ChunkResponse::of).toList());
  }
}
