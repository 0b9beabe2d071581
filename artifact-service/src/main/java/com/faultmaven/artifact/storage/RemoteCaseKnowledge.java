package com.faultmaven.artifact.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.faultmaven.artifact.domain.CaseKnowledge;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Asks knowledge-service over REST, in the name of the user. */
@ApplicationScoped
public class RemoteCaseKnowledge implements CaseKnowledge {
  private static final Logger LOG = Logger.getLogger(RemoteCaseKnowledge.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final KnowledgeServiceClient client;

  /** Wires the bean. */
  @Inject
  public RemoteCaseKnowledge(@RestClient KnowledgeServiceClient client) {
    this.client = client;
  }

  @Override
  public Uni<JsonNode> search(String caseId, String query, int k, String token) {
    JsonNode question = JsonNodeFactory.instance.objectNode().put("query", query).put("k", k);
    return client
        .search(caseId, "Bearer " + token, question)
        .onFailure()
        .transform(RemoteCaseKnowledge::away);
  }

  private static Throwable away(Throwable failure) {
    LOG.warnf("knowledge-service does not answer: %s", failure.toString());
    return Problem.unavailable(
        "knowledge-service-unavailable",
        "The search cannot be answered now: knowledge-service does not answer. Try again.",
        RETRY_AFTER);
  }
}
