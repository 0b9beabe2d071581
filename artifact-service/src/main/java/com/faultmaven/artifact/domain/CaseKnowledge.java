package com.faultmaven.artifact.domain;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;

/** knowledge-service, which answers questions about what was extracted from a case's files. */
public interface CaseKnowledge {
  /**
   * Semantic search over the case's files.
   *
   * @param query what is looked for
   * @param k most passages, 1 to 50
   * @return knowledge-service's answer as it came; fails with a 503 problem when it does not answer
   *     in time
   */
  Uni<JsonNode> search(String caseId, String query, int k, String token);
}
