package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.EvidenceLink;
import com.faultmaven.common.model.cases.EvidenceRelationship;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a piece of evidence says about a hypothesis.
 *
 * @param evidenceId evidence of the same case
 * @param relationship whether it speaks for or against
 */
@RegisterForReflection
public record NewLink(
    @NotNull @Text @Size(max = Bounds.ID) String evidenceId,
    @NotNull @Schema(examples = "supports") EvidenceRelationship relationship) {
  /** The link. */
  EvidenceLink of() {
    return new EvidenceLink(evidenceId, relationship);
  }
}
