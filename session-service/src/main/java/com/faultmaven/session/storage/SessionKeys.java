package com.faultmaven.session.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.common.model.session.Session;
import java.net.URLEncoder;

/**
 * Names of Redis keys (specification 3.5). Ids are percent-encoded: a colon in one can never be
 * taken for the colon between two.
 */
final class SessionKeys {
  /** Where the sessions are that have stopped living and are not archived yet, by their ids. */
  static final String ENDING = "sessions_ending";

  private SessionKeys() {}

  /** Where the session is. */
  static String session(String sessionId) {
    return "session:" + encoded(sessionId);
  }

  /** Where the id of the client's session is. */
  static String client(String userId, String clientId) {
    return "session_client:" + encoded(userId) + ":" + encoded(clientId);
  }

  /** Where the client's index of a session would be. */
  static String client(Session session) {
    return client(session.userId(), session.clientId());
  }

  /** Where the ids of the user's sessions are, by the time at which they expire. */
  static String user(String userId) {
    return "session_user:" + encoded(userId);
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, UTF_8);
  }
}
