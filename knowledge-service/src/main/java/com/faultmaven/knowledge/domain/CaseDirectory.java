package com.faultmaven.knowledge.domain;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** case-service, which knows every case. */
public interface CaseDirectory {
  /**
   * The owner of a case that the caller may see.
   *
   * @param token the caller's access token, in whose name is asked
   * @return empty when there is no such case for the caller; fails with {@link
   *     com.faultmaven.common.web.Problem} 503 when case-service does not answer in time
   */
  Uni<Optional<String>> ownerOf(String caseId, String token);
}
