package com.faultmaven.knowledge.api;

import com.faultmaven.knowledge.domain.Answer;
import com.faultmaven.knowledge.domain.FoundChunk;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An answer made of quotations.
 *
 * @param answer the quotations, each with the number of its citation
 * @param answeredBy which knowledge answered
 * @param citations where they stand, the best first; empty when nothing answers
 */
@RegisterForReflection
@Schema(name = "Answer", description = "An answer made of quotations, with their sources")
public record AnswerResponse(
    @Schema(examples = "Raise the pool's size. [1]") String answer,
    @Schema(
            type = SchemaType.STRING,
            enumeration = {"user_kb", "global_kb", "case_evidence", "none"})
        String answeredBy,
    List<CitationResponse> citations) {
  /**
   * One quotation.
   *
   * @param number its number in the answer, from 1
   * @param quote what is quoted, word for word
   * @param score similarity to the question, -1 to 1
   * @param documentId its document, or its file
   * @param title the document's title, or the file's name
   * @param documentType the document's kind, or the file's type of data
   * @param position which of the document's chunks it stands in, from 0
   * @param headingPath headings that it stands under, outermost first
   */
  @RegisterForReflection
  @Schema(name = "Citation")
  public record CitationResponse(
      int number,
      String quote,
      double score,
      String documentId,
      String title,
      String documentType,
      int position,
      List<String> headingPath) {
    static CitationResponse of(Answer.Citation citation) {
      FoundChunk chunk = citation.chunk();
      return new CitationResponse(
          citation.number(),
          citation.quote(),
          ChunkResponse.rounded(citation.score()),
          chunk.documentId(),
          chunk.title(),
          chunk.documentType(),
          chunk.position(),
          chunk.headingPath());
    }
  }

  /** What is shown of an answer. */
  static AnswerResponse of(Answer answer) {
    return new AnswerResponse(
        answer.text(),
        answer.answeredBy(),
        answer.citations().stream().map(CitationResponse::of).toList());
  }
}
