package com.faultmaven.cases.domain;

import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/** The tags of cases (specification 3.2). */
@ApplicationScoped
public class CaseTags {
  /** The most tags that one case has. */
  public static final int MAX = 50;

  private static final String RESOURCE = "case.tags";

  private final CaseStore store;
  private final CaseAccess access;
  private final CaseChanges changes;

  /** Wires the bean. */
  @Inject
  public CaseTags(CaseStore store, CaseAccess access, CaseChanges changes) {
    this.store = store;
    this.access = access;
    this.changes = changes;
  }

  /** The case's tags in alphabetical order. */
  public Uni<Set<String>> get(Actor actor, String caseId) {
    return access.rows(actor, caseId, RESOURCE, cases -> cases.getTags(caseId));
  }

  /**
   * Adds tags to those that the case has.
   *
   * @return all tags of the case; fails with {@link Problem} 409 when they would be more than
   *     {@link #MAX}
   */
  public Uni<Set<String>> add(Actor actor, String caseId, Set<String> tags) {
    return changes.change(
        actor,
        caseId,
        RESOURCE,
        (tx, seen) ->
            store.in(tx, Scope.of(actor)).addTags(caseId, tags).invoke(CaseTags::checkCount));
  }

  /** Replaces all tags. Gives all tags of the case. */
  public Uni<Set<String>> replace(Actor actor, String caseId, Set<String> tags) {
    return changes.change(
        actor, caseId, RESOURCE, (tx, seen) -> store.in(tx, Scope.of(actor)).setTags(caseId, tags));
  }

  /** Removes one tag; fails with {@link Problem} 404 when the case does not have it. */
  public Uni<Void> remove(Actor actor, String caseId, String tag) {
    return changes
        .change(
            actor,
            caseId,
            RESOURCE,
            (tx, seen) -> store.in(tx, Scope.of(actor)).removeTag(caseId, tag))
        .map(
            removed -> {
              if (!removed) {
                throw Problem.notFound("tag");
              }
              return removed;
            })
        .replaceWithVoid();
  }

  /** Tags of the actor's own cases with how many have each, in alphabetical order. */
  public Uni<Map<String, Long>> count(Actor actor) {
    return store.direct(Scope.of(actor)).countTags(actor.userId());
  }

  private static void checkCount(Set<String> all) {
    if (all.size() > MAX) {
      throw Problem.conflict("too-many-tags", "A case has at most " + MAX + " tags.");
    }
  }
}
