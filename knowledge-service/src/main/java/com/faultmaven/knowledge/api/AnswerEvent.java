package com.faultmaven.knowledge.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.faultmaven.knowledge.domain.Answer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A part of an answer that is streamed: each citation, then the whole.
 *
 * @param type citation or answer
 * @param citation the citation
 * @param answer the whole answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
@Schema(name = "AnswerEvent", description = "Each citation as soon as it is known, then the whole")
public record AnswerEvent(
    @Schema(enumeration = {"citation", "answer"}) String type,
    AnswerResponse.@Nullable CitationResponse citation,
    @Nullable AnswerResponse answer) {
  /** The parts of an answer. */
  static Multi<AnswerEvent> of(Answer answer) {
    AnswerResponse whole = AnswerResponse.of(answer);
    return Multi.createFrom()
        .items(
            Stream.concat(
                whole.citations().stream()
                    .map(citation -> new AnswerEvent("citation", citation, null)),
                Stream.of(new AnswerEvent("answer", null, whole))));
  }
}
