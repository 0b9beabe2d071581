package com.faultmaven.cases.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.common.model.cases.Case;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A case to be taken away.
 *
 * @param format {@code faultmaven.case}
 * @param formatVersion version of this document's shape
 * @param exportedAt when
 * @param exportedBy the user who took it
 * @param json the case with all its rows
 */
@RegisterForReflection
public record CaseExport(
    @Schema(examples = "faultmaven.case") String format,
    int formatVersion,
    Instant exportedAt,
    String exportedBy,
    @JsonProperty("case") @JsonRawValue @Schema(implementation = Case.class) String json) {
  /** The export of a document. */
  static CaseExport of(CaseDocument document, String actorId, Instant now) {
    return new CaseExport("faultmaven.case", 1, now, actorId, document.text());
  }
}
