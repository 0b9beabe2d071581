package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Opens or resumes a client's session at session-service. */
public interface SessionOpener {
  /**
   * Opens or resumes the session.
   *
   * @param clientId the device or client, as it names itself
   * @param accessToken the user's token
   * @return the session's id; empty when session-service does not give one in time
   */
  Uni<Optional<String>> open(String clientId, String accessToken);
}
