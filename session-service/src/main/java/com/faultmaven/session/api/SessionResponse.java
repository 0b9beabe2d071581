package com.faultmaven.session.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.faultmaven.common.model.session.Session;
import com.faultmaven.session.domain.LiveSession;
import com.faultmaven.session.domain.OpenedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A live session.
 *
 * @param sessionId id
 * @param userId whose session
 * @param clientId device or client that may resume it
 * @param createdAt when it was opened
 * @param lastActivity last read or write
 * @param dataUploads ids of files uploaded in it, oldest first
 * @param caseHistory ids of cases worked on in it, oldest first
 * @param ttl seconds that it lives without activity
 * @param expiresIn seconds left if nobody touches it
 * @param resumed whether it was there already; only in the answer to POST /sessions
 */
@Schema(name = "Session")
public record SessionResponse(
    String sessionId,
    String userId,
    String clientId,
    Instant createdAt,
    Instant lastActivity,
    List<String> dataUploads,
    List<String> caseHistory,
    long ttl,
    long expiresIn,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean resumed) {

  static SessionResponse of(LiveSession live) {
    return of(live.session(), live.timeLeft(), null);
  }

  static SessionResponse of(OpenedSession opened) {
    return of(opened.session(), opened.session().ttl(), opened.resumed());
  }

  private static SessionResponse of(Session session, Duration timeLeft, @Nullable Boolean resumed) {
    return new SessionResponse(
        session.sessionId(),
        session.userId(),
        session.clientId(),
        session.createdAt(),
        session.lastActivity(),
        session.dataUploads(),
        session.caseHistory(),
        session.ttlSeconds(),
        timeLeft.toSeconds(),
        resumed);
  }
}
