package com.faultmaven.cases.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.common.model.cases.Case;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/**
 * What an export says before the case with all its rows, which is its last field, {@code case}.
 *
 * @param format {@code faultmaven.case}
 * @param formatVersion version of this document's shape
 * @param exportedAt when
 * @param exportedBy the user who took it
 */
@RegisterForReflection
@Schema(properties = @SchemaProperty(name = "case", implementation = Case.class))
public record CaseExport(
    @Schema(examples = "faultmaven.case") String format,
    int formatVersion,
    Instant exportedAt,
    String exportedBy) {
  /** The export of a document: its bytes as PostgreSQL made them, within the object. */
  static Buffer of(CaseDocument document, String actorId, Instant now, ObjectMapper mapper) {
    byte[] head = head(new CaseExport("faultmaven.case", 1, now, actorId), mapper);
    return Buffer.buffer(head.length + document.json().length() + 16)
        .appendBytes(head, 0, head.length - 1)
        .appendString(",\"case\":")
        .appendBuffer(document.json())
        .appendString("}");
  }

  private static byte[] head(CaseExport export, ObjectMapper mapper) {
    try {
      return mapper.writeValueAsBytes(export);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written", e);
    }
  }
}
