package com.faultmaven.cases.domain;

import com.faultmaven.cases.domain.CaseChanges.Creation;
import com.faultmaven.common.event.EvidenceAdded;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/** The evidence of a case (specification 3.2). */
@ApplicationScoped
public class CaseEvidence {
  private static final String RESOURCE = "case.evidence";

  private final CaseStore store;
  private final CaseAccess access;
  private final CaseChanges changes;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseEvidence(
      CaseStore store, CaseAccess access, CaseChanges changes, Outbox outbox, Clock clock) {
    this.store = store;
    this.access = access;
    this.changes = changes;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Path of a case's evidence. */
  public static String path(String caseId) {
    return Cases.path(caseId) + "/evidence";
  }

  /** Adds one piece of evidence. */
  public Uni<Created<Evidence>> add(Actor actor, String caseId, Evidence evidence, Once once) {
    String location = path(caseId) + "/" + evidence.evidenceId();
    return add(
        actor, caseId, List.of(evidence), Evidence.class, Created.now(location, evidence), once);
  }

  /** Adds several pieces of evidence, all or nothing. */
  public Uni<Created<EvidenceItems>> addAll(
      Actor actor, String caseId, List<Evidence> evidence, Once once) {
    Created<EvidenceItems> made = Created.now(path(caseId), new EvidenceItems(evidence));
    return add(actor, caseId, evidence, EvidenceItems.class, made, once);
  }

  private <T> Uni<Created<T>> add(
      Actor actor,
      String caseId,
      List<Evidence> evidence,
      Class<T> type,
      Created<T> made,
      Once once) {
    return changes.create(
        actor,
        new Creation<>(caseId, RESOURCE, path(caseId), type, once),
        (tx, seen) ->
            store
                .in(tx, Scope.of(actor))
                .addEvidence(evidence)
                .chain(() -> announce(tx, seen, evidence))
                .replaceWith(made));
  }

  private Uni<Void> announce(SqlConnection tx, CaseHead owner, List<Evidence> evidence) {
    return outbox.append(tx, added(owner.caseId(), owner.userId(), evidence, clock.instant()));
  }

  /** What the other services are told of new evidence. */
  static EvidenceAdded added(String caseId, String userId, List<Evidence> evidence, Instant at) {
    return new EvidenceAdded(
        caseId, userId, evidence.stream().map(Evidence::evidenceId).toList(), at);
  }

  /** Evidence that the query asks for, newest first. */
  public Uni<List<ShownRow>> list(Actor actor, String caseId, EvidenceQuery query) {
    return access.shown(actor, caseId, RESOURCE, rows -> rows.evidence(caseId, query));
  }

  /** One piece of evidence. */
  public Uni<Evidence> get(Actor actor, String caseId, String evidenceId) {
    return access
        .rows(actor, caseId, RESOURCE, cases -> cases.getEvidence(caseId, evidenceId))
        .map(found -> found.orElseThrow(() -> Problem.notFound("evidence")));
  }

  /** Changes one piece of evidence. */
  public Uni<Evidence> change(
      Actor actor, String caseId, String evidenceId, UnaryOperator<Evidence> change) {
    return changes
        .change(
            actor,
            caseId,
            RESOURCE,
            (tx, seen) -> store.in(tx, Scope.of(actor)).updateEvidence(caseId, evidenceId, change))
        .map(changed -> changed.orElseThrow(() -> Problem.notFound("evidence")));
  }

  /** Deletes one piece of evidence, and the links to it. */
  public Uni<Void> delete(Actor actor, String caseId, String evidenceId) {
    return changes
        .change(
            actor,
            caseId,
            RESOURCE,
            (tx, seen) -> store.in(tx, Scope.of(actor)).deleteEvidence(caseId, evidenceId))
        .map(
            deleted -> {
              if (!deleted) {
                throw Problem.notFound("evidence");
              }
              return deleted;
            })
        .replaceWithVoid();
  }
}
