package com.faultmaven.cases.domain;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A whole case as JSON text, and what must be known before it may be given out.
 *
 * @param caseId id of the case
 * @param userId its owner
 * @param version its version, for the ETag
 * @param archived whether all but its own row is in the archive
 * @param epoch within which a copy of it counts, see {@link CaseCache}
 * @param json one JSON object in UTF-8, as bytes so that nobody copies it into characters and back:
 *     the fields of {@link com.faultmaven.common.model.cases.Case} in snake_case, instants as on
 *     the wire, without the collections that were not wanted; {@code conversation_history} is made
 *     from the messages; pass it on as it is
 */
public record CaseDocument(
    String caseId, String userId, long version, boolean archived, long epoch, Buffer json) {
  /** The JSON as characters. */
  public String text() {
    return json.toString(StandardCharsets.UTF_8);
  }
}
