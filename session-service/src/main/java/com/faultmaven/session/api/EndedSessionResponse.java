package com.faultmaven.session.api;

import com.faultmaven.common.model.session.Session;
import com.faultmaven.session.domain.EndReason;
import com.faultmaven.session.domain.EndedSession;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A session that has ended.
 *
 * @param sessionId id
 * @param userId whose session it was
 * @param clientId device or client
 * @param createdAt when it was opened
 * @param lastActivity last read or write
 * @param dataUploads ids of files uploaded in it, oldest first
 * @param caseHistory ids of cases worked on in it, oldest first
 * @param endedAt when it ended
 * @param endReason why
 */
@Schema(name = "EndedSession")
public record EndedSessionResponse(
    String sessionId,
    String userId,
    String clientId,
    Instant createdAt,
    Instant lastActivity,
    List<String> dataUploads,
    List<String> caseHistory,
    Instant endedAt,
    @Schema(
            type = SchemaType.STRING,
            enumeration = {"logout", "displaced"},
            implementation = String.class)
        EndReason endReason) {

  static EndedSessionResponse of(EndedSession ended) {
    Session session = ended.session();
    return new EndedSessionResponse(
        session.sessionId(),
        session.userId(),
        session.clientId(),
        session.createdAt(),
        session.lastActivity(),
        session.dataUploads(),
        session.caseHistory(),
        ended.endedAt(),
        ended.reason());
  }
}
