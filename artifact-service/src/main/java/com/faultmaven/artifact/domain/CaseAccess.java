package com.faultmaven.artifact.domain;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Who may do what with the files of a case (decisions, section 7). */
@ApplicationScoped
public class CaseAccess {
  private final CaseProjection projection;
  private final CaseDirectory directory;

  /** Wires the bean. */
  @Inject
  public CaseAccess(CaseProjection projection, CaseDirectory directory) {
    this.projection = projection;
    this.directory = directory;
  }

  /** The case, when the requester may read it; fails with 404 otherwise. */
  public Uni<CaseOwnership> readable(String caseId, Requester requester) {
    return find(caseId, requester)
        .map(
            found ->
                found
                    .filter(owned -> requester.mayRead(owned.userId()))
                    .orElseThrow(() -> Problem.notFound("case")));
  }

  /**
   * The case, when the requester may change it; fails with 404 when it is not to be seen, with 403
   * when it is only to be read.
   */
  public Uni<CaseOwnership> writable(String caseId, Requester requester) {
    return readable(caseId, requester).invoke(owned -> requireWrite(requester, owned.userId()));
  }

  /** Refuses who may see the owner's things and not change them. */
  static void requireWrite(Requester requester, String ownerId) {
    if (!requester.mayWrite(ownerId)) {
      throw Problem.forbidden("You may read the files of this case, not change them.");
    }
  }

  private Uni<Optional<CaseOwnership>> find(String caseId, Requester requester) {
    if (!Ids.isCanonical(caseId)) {
      return Uni.createFrom().item(Optional.empty());
    }
    return projection
        .find(caseId)
        .flatMap(
            known -> known.isPresent() ? Uni.createFrom().item(known) : fetch(caseId, requester));
  }

  private Uni<Optional<CaseOwnership>> fetch(String caseId, Requester requester) {
    return directory
        .find(caseId, requester.token())
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(found)
                    : projection
                        .add(found.get())
                        .map(there -> there ? found : Optional.<CaseOwnership>empty()));
  }
}
