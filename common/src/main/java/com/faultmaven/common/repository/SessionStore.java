package com.faultmaven.common.repository;

import com.faultmaven.common.model.session.Session;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Live sessions and the index by which a client finds its own again (specification 3.5, 6.1).
 *
 * <p>A session lives for its TTL after the last write; when that has passed it is gone, as if it
 * had never been. The index has a TTL of its own and may point to a session that is gone.
 *
 * <p>TTLs are at least one second. Every {@code Uni} fails with {@link StorageUnavailableException}
 * when the server is away.
 */
public interface SessionStore {
  /** The session; empty when there is none, or it has expired. Does not extend its life. */
  Uni<Optional<Session>> get(String sessionId);

  /** Stores the session for the TTL, replacing the one with the same id. */
  Uni<Void> set(Session session, Duration ttl);

  /**
   * Reads, changes and writes a session in one step, so that no other writer's change is lost, and
   * lets it live for its own TTL from now on.
   *
   * @param change gives the new session with the same id; may be called more than once
   * @return the session as stored, empty when there is none; fails with what {@code change} throws
   */
  Uni<Optional<Session>> update(String sessionId, UnaryOperator<Session> change);

  /** Deletes the session; false when there is none. */
  Uni<Boolean> delete(String sessionId);

  /** Whether the session lives. */
  Uni<Boolean> exists(String sessionId);

  /** Lets the session live for the TTL from now on; false when there is none. */
  Uni<Boolean> extendTtl(String sessionId, Duration ttl);

  /** How long the session lives if nobody touches it; empty when there is none. */
  Uni<Optional<Duration>> timeToLive(String sessionId);

  /** Id of the session that the client may resume; empty when none is indexed. */
  Uni<Optional<String>> findByUserAndClient(String userId, String clientId);

  /** Points the client's index to the session for the TTL, whatever it pointed to before. */
  Uni<Void> indexSessionByClient(String userId, String clientId, String sessionId, Duration ttl);

  /**
   * Points the client's index to the session for the TTL if it points where the caller believes. Of
   * several that race for one client, one wins.
   *
   * @param expected the session that the index is believed to point to; empty for none
   * @return whether the index now points to the session
   */
  Uni<Boolean> claimClientIndex(
      String userId, String clientId, Optional<String> expected, String sessionId, Duration ttl);

  /** Removes the client's index; false when there is none. */
  Uni<Boolean> removeClientIndex(String userId, String clientId);

  /**
   * Removes the client's index if it points to the session, so that ending an old session never
   * cuts off a newer one; false when it does not.
   */
  Uni<Boolean> removeClientIndex(String userId, String clientId, String sessionId);

  /** Adds a file to the session's uploads, once, and marks it active; empty when there is none. */
  default Uni<Optional<Session>> appendUpload(String sessionId, String fileId, Instant at) {
    return update(sessionId, session -> session.withUpload(fileId).touched(at));
  }

  /** Adds a case to the session's history, once, and marks it active; empty when there is none. */
  default Uni<Optional<Session>> appendCase(String sessionId, String caseId, Instant at) {
    return update(sessionId, session -> session.withCase(caseId).touched(at));
  }

  /** Marks the session active at the instant; empty when there is none. */
  default Uni<Optional<Session>> touch(String sessionId, Instant at) {
    return update(sessionId, session -> session.touched(at));
  }
}
