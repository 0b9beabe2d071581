package com.faultmaven.knowledge.api;

import com.faultmaven.knowledge.domain.FoundChunk;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A chunk that was found.
 *
 * @param score similarity to the query, -1 to 1; more is nearer
 * @param documentId its document, or its file
 * @param title the document's title, or the file's name
 * @param documentType the document's kind, or the file's type of data
 * @param position its place among the document's chunks, from 0
 * @param chunks how many there are
 * @param start where it begins in the document, in UTF-16 units
 * @param end where it ends, exclusive
 * @param headingPath headings that it stands under, outermost first
 * @param text the chunk
 * @param context the text around it
 */
@Schema(name = "Chunk", description = "A piece of a document that was found")
public record ChunkResponse(
    @Schema(examples = "0.81") double score,
    String documentId,
    String title,
    String documentType,
    int position,
    int chunks,
    int start,
    int end,
    List<String> headingPath,
    String text,
    Context context) {
  /**
   * The text around a chunk, as far as it is shown.
   *
   * @param before right before it
   * @param after right after it
   */
  @Schema(name = "ChunkContext")
  public record Context(String before, String after) {}

  /** What is shown of a chunk. */
  static ChunkResponse of(FoundChunk chunk) {
    return new ChunkResponse(
        rounded(chunk.score()),
        chunk.documentId(),
        chunk.title(),
        chunk.documentType(),
        chunk.position(),
        chunk.chunks(),
        chunk.start(),
        chunk.end(),
        chunk.headingPath(),
        chunk.text(),
        new Context(chunk.before(), chunk.after()));
  }

  /** More digits say nothing. */
  static double rounded(double score) {
    return Math.round(score * 10_000) / 10_000.0;
  }
}
