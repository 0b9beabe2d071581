package com.faultmaven.knowledge.storage;

import com.faultmaven.common.web.Problem;
import com.faultmaven.knowledge.domain.CaseDirectory;
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
  private static final Set<Integer> NOT_FOR_THE_USER = Set.of(400, 401, 403, 404);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final CaseServiceClient client;

  /** Wires the bean. */
  @Inject
  public RemoteCaseDirectory(@RestClient CaseServiceClient client) {
    this.client = client;
  }

  @Override
  public Uni<Optional<String>> ownerOf(String caseId, String token) {
    return client
        .get(caseId, "Bearer " + token)
        .map(answer -> Optional.ofNullable(answer.path("user_id").textValue()))
        .onFailure(RemoteCaseDirectory::isHidden)
        .recoverWithItem(Optional.empty())
        .onFailure()
        .transform(RemoteCaseDirectory::away);
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
