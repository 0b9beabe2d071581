package com.faultmaven.artifact.domain;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** case-service, asked when the projection has not caught up. */
public interface CaseDirectory {
  /**
   * The case, as far as the token's user may see it.
   *
   * @return empty when there is none for this user; fails with a 503 problem when case-service does
   *     not answer in time
   */
  Uni<Optional<CaseOwnership>> find(String caseId, String token);
}
