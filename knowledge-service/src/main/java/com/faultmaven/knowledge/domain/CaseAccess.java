package com.faultmaven.knowledge.domain;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Who may read what was found in a case's files (decisions, sections 1 and 7). */
@ApplicationScoped
public class CaseAccess {
  private final KnownCases known;
  private final CaseDirectory directory;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseAccess(KnownCases known, CaseDirectory directory, Clock clock) {
    this.known = known;
    this.directory = directory;
    this.clock = clock;
  }

  /** Fails with {@link Problem} 404 unless the requester may read the case. */
  public Uni<Void> requireReadable(String caseId, Requester requester) {
    if (!Ids.isCanonical(caseId)) {
      throw Problem.notFound("case");
    }
    return known
        .find(caseId)
        .flatMap(
            found ->
                found.isPresent()
                    ? Uni.createFrom()
                        .item(!found.get().deleted() && mayRead(requester, found.get().userId()))
                    : ask(caseId, requester))
        .invoke(
            readable -> {
              if (!readable) {
                throw Problem.notFound("case");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Boolean> ask(String caseId, Requester requester) {
    return directory
        .ownerOf(caseId, requester.token())
        .flatMap(
            owner ->
                owner.isEmpty()
                    ? Uni.createFrom().item(false)
                    : known
                        .add(caseId, owner.get(), clock.instant())
                        .replaceWith(mayRead(requester, owner.get())));
  }

  private static boolean mayRead(Requester requester, String ownerId) {
    return requester.readsEveryCase() || requester.userId().equals(ownerId);
  }
}
