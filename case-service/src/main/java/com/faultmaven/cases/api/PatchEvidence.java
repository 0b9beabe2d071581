package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Changes of evidence, a merge patch.
 *
 * @param content the evidence itself
 * @param sourceType where it comes from
 * @param preprocessedSummary the gist of it; null clears it
 * @param classificationDimensions further facts, merged; null clears them
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {"preprocessed_summary": "Pool exhausted from 09:14 on"}
        """)
public record PatchEvidence(
    @Text @Size(max = Bounds.CONTENT) @Nullable String content,
    @Schema(examples = "monitoring_alert") @Nullable EvidenceSourceType sourceType,
    @Text @Size(max = Bounds.NOTE) @Schema(examples = "Pool exhausted from 09:14 on")
        @Nullable String preprocessedSummary,
    @JsonColumn @Schema(type = SchemaType.OBJECT, implementation = Object.class)
        @Nullable JsonNode classificationDimensions) {
  /** The evidence with the changes. */
  static Evidence apply(MergePatch<PatchEvidence> patch, Evidence old) {
    PatchEvidence sent = patch.values();
    return new Evidence(
        old.evidenceId(),
        old.caseId(),
        patch.required("content", sent.content, old.content()),
        patch.required("source_type", sent.sourceType, old.sourceType()),
        old.form(),
        old.rawArtifactS3Key(),
        patch.clearable(
            "preprocessed_summary", sent.preprocessedSummary, old.preprocessedSummary()),
        dimensions(patch, old),
        old.createdAt());
  }

  /** Many small patches make no larger value than one. */
  private static @Nullable JsonNode dimensions(MergePatch<PatchEvidence> patch, Evidence old) {
    String name = "classification_dimensions";
    JsonNode merged =
        patch.merged(name, patch.values().classificationDimensions, old.classificationDimensions());
    if (patch.present().contains(name) && merged != null && !JsonColumn.Check.accepts(merged)) {
      throw Problem.invalid(name, JsonColumn.MESSAGE);
    }
    return merged;
  }
}
