package com.faultmaven.common.model.session;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A live session (specification 3.5). Beyond the specified fields it remembers its own TTL, so that
 * activity extends it by what was asked for when it was opened, and when its client last asked for
 * it, so that a logout before that does not end it.
 *
 * @param sessionId id
 * @param userId whose session
 * @param clientId the device or client that may resume it, as the client gave it
 * @param createdAt when it was opened
 * @param lastActivity last read or write
 * @param dataUploads ids of files uploaded in it, oldest first, each once
 * @param caseHistory ids of cases worked on in it, oldest first, each once
 * @param ttlSeconds how long it lives without activity, in seconds, at least 1
 * @param resumedAt when its client last opened or resumed it; null when that was not remembered yet
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Session(
    String sessionId,
    String userId,
    String clientId,
    Instant createdAt,
    Instant lastActivity,
    List<String> dataUploads,
    List<String> caseHistory,
    long ttlSeconds,
    @Nullable Instant resumedAt) {
  /** How long a session lives without activity unless told otherwise (specification 3.5). */
  public static final Duration DEFAULT_TTL = Duration.ofMinutes(30);

  public Session {
    Checks.text(sessionId, "session_id");
    Checks.text(userId, "user_id");
    Checks.text(clientId, "client_id");
    requireNonNull(createdAt, "created_at");
    requireNonNull(lastActivity, "last_activity");
    dataUploads = List.copyOf(dataUploads);
    caseHistory = List.copyOf(caseHistory);
    if (ttlSeconds < 1) {
      throw new IllegalArgumentException("ttl_seconds must be at least 1");
    }
  }

  /** A new session with nothing in it. */
  public static Session open(
      String sessionId, String userId, String clientId, Instant now, Duration ttl) {
    return new Session(
        sessionId, userId, clientId, now, now, List.of(), List.of(), ttl.toSeconds(), now);
  }

  /** How long it lives without activity. */
  public Duration ttl() {
    return Duration.ofSeconds(ttlSeconds);
  }

  /** When its client last asked for it: opened it, or resumed it. */
  public Instant lastOpened() {
    return resumedAt == null ? createdAt : resumedAt;
  }

  /** The same session, resumed and active at the instant; an earlier one than before is ignored. */
  public Session resumed(Instant at) {
    Session active = touched(at);
    return new Session(
        sessionId,
        userId,
        clientId,
        createdAt,
        active.lastActivity,
        dataUploads,
        caseHistory,
        ttlSeconds,
        at.isAfter(lastOpened()) ? at : lastOpened());
  }

  /** The same session, active at the instant; an earlier instant than the last changes nothing. */
  public Session touched(Instant at) {
    return new Session(
        sessionId,
        userId,
        clientId,
        createdAt,
        at.isAfter(lastActivity) ? at : lastActivity,
        dataUploads,
        caseHistory,
        ttlSeconds,
        resumedAt);
  }

  /** The same session with the file; a file that it has already is not added again. */
  public Session withUpload(String fileId) {
    return new Session(
        sessionId,
        userId,
        clientId,
        createdAt,
        lastActivity,
        plus(dataUploads, fileId),
        caseHistory,
        ttlSeconds,
        resumedAt);
  }

  /** The same session with the case; a case that it has already is not added again. */
  public Session withCase(String caseId) {
    return new Session(
        sessionId,
        userId,
        clientId,
        createdAt,
        lastActivity,
        dataUploads,
        plus(caseHistory, caseId),
        ttlSeconds,
        resumedAt);
  }

  /** The same session with another TTL, at least one second. */
  public Session withTtl(Duration ttl) {
    return new Session(
        sessionId,
        userId,
        clientId,
        createdAt,
        lastActivity,
        dataUploads,
        caseHistory,
        ttl.toSeconds(),
        resumedAt);
  }

  private static List<String> plus(List<String> ids, String id) {
    Checks.text(id, "id");
    if (ids.contains(id)) {
      return ids;
    }
    List<String> more = new ArrayList<>(ids);
    more.add(id);
    return more;
  }
}
