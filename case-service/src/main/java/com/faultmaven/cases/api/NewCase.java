package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.cases.domain.CaseTags;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.document.ConsultingData;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A case to open, with what it may bring.
 *
 * @param title one line
 * @param description the problem in the user's words
 * @param tags labels
 * @param consultingData context from before the investigation, a JSON object
 * @param firstMessage first message of the conversation
 * @param evidence evidence that is there from the start
 * @param conversationHistory never taken: it is made from the messages
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {
          "title": "Database connection timeouts in checkout",
          "description": "Checkout answers 500 since the deploy at 09:00 UTC.",
          "tags": ["database", "checkout"],
          "first_message": {"content": "Since the deploy at nine every checkout times out."},
          "evidence": [
            {"content": "09:14:02 ERROR Connection is not available", "source_type": "log_file"}
          ]
        }
        """)
public record NewCase(
    @NotNull
        @Text
        @Size(max = Bounds.TITLE)
        @Schema(examples = "Database connection timeouts in checkout")
        String title,
    @Text
        @Size(max = Bounds.DESCRIPTION)
        @Schema(examples = "Checkout answers 500 since the deploy at 09:00 UTC.")
        @Nullable String description,
    @Size(max = CaseTags.MAX) @Schema(examples = "[\"database\", \"checkout\"]")
        @Nullable Set<@NotNull @Text @Size(max = Bounds.TAG) String> tags,
    @JsonColumn @Schema(implementation = ConsultingData.class) @Nullable JsonNode consultingData,
    @Valid @Nullable NewMessage firstMessage,
    @Size(max = Bounds.FIRST_EVIDENCE) @Nullable List<@NotNull @Valid NewEvidence> evidence,
    @Null(message = NewCase.HISTORY_IS_MADE) @Schema(hidden = true)
        @Nullable JsonNode conversationHistory) {
  /** Why nobody can send a history. */
  static final String HISTORY_IS_MADE =
      "is made from the messages; post those to /api/v1/cases/{case_id}/messages";

  /** The case of the owner, with an id of its own. */
  Case of(String ownerId, Instant now) {
    String caseId = Ids.next();
    List<Evidence> pieces =
        evidence == null
            ? List.of()
            : evidence.stream().map(piece -> piece.of(caseId, now)).toList();
    return Case.open(caseId, ownerId, title, now)
        .description(description)
        .tags(tags == null ? Set.of() : tags)
        .consultingData(consultingData)
        .messages(firstMessage == null ? List.of() : List.of(firstMessage.of(caseId, now)))
        .evidence(pieces.reversed())
        .build();
  }
}
