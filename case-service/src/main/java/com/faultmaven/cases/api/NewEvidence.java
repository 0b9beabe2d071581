package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Evidence to add.
 *
 * @param content the evidence itself
 * @param sourceType where it comes from
 * @param form typed in, or out of a document; user_input when it is not said
 * @param preprocessedSummary the gist of it
 * @param classificationDimensions further facts, a JSON object
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {"content": "Pool active 10 of 10", "source_type": "metrics_data"}
        """)
public record NewEvidence(
    @NotNull
        @Text
        @Size(max = Bounds.CONTENT)
        @Schema(examples = "09:14:02 ERROR HikariPool-1 - Connection is not available")
        String content,
    @NotNull @Schema(examples = "log_file") EvidenceSourceType sourceType,
    @Schema(examples = "user_input") @Nullable EvidenceForm form,
    @Text @Size(max = Bounds.NOTE) @Nullable String preprocessedSummary,
    @JsonColumn @Schema(type = SchemaType.OBJECT, implementation = Object.class)
        @Nullable JsonNode classificationDimensions) {
  /** The evidence, with an id of its own. */
  Evidence of(String caseId, Instant now) {
    return new Evidence(
        Ids.next(),
        caseId,
        content,
        sourceType,
        form == null ? EvidenceForm.USER_INPUT : form,
        null,
        preprocessedSummary,
        classificationDimensions,
        now);
  }
}
