package com.faultmaven.artifact.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.artifact.domain.CaseDirectory;
import com.faultmaven.artifact.domain.CaseOwnership;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Asks case-service over REST, in the name of the user. */
@ApplicationScoped
public class RemoteCaseDirectory implements CaseDirectory {
  private static final Logger LOG = Logger.getLogger(RemoteCaseDirectory.class);
  private static final Set<Integer> NOT_FOR_THE_USER = Set.of(400, 403, 404);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final CaseServiceClient client;

  /** Wires the bean. */
  @Inject
  public RemoteCaseDirectory(@RestClient CaseServiceClient client) {
    this.client = client;
  }

  @Override
  public Uni<Optional<CaseOwnership>> find(String caseId, String token) {
    return client
        .get(caseId, "Bearer " + token)
        .map(RemoteCaseDirectory::read)
        .onFailure(RemoteCaseDirectory::isHidden)
        .recoverWithItem(Optional.empty())
        .onFailure()
        .transform(RemoteCaseDirectory::away);
  }

  private static Optional<CaseOwnership> read(JsonNode answer) {
    return Optional.of(
        new CaseOwnership(
            answer.path("case_id").asText(),
            answer.path("user_id").asText(),
            WireName.require(CaseStatus.class, answer.path("status").asText())));
  }

  private static boolean isHidden(Throwable failure) {
    return failure instanceof WebApplicationException refusal
        && NOT_FOR_THE_USER.contains(refusal.getResponse().getStatus());
  }

  private static Throwable away(Throwable failure) {
    LOG.warnf("case-service does not answer: %s", failure.toString());
    return Problem.unavailable(
        "case-service-unavailable",
        "Whether the case is yours cannot be told now: case-service does not answer. Try again.",
        RETRY_AFTER);
  }
}
