package com.faultmaven.cases.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.CaseStatusChanged;
import com.faultmaven.common.event.CaseUpdated;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.InvalidStatusTransitionException;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.repository.CaseHit;
import com.faultmaven.common.repository.CaseQuery;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.CaseSearch;
import com.faultmaven.common.repository.VersionConflictException;
import com.faultmaven.common.userdata.ErasedUsers;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Idempotency;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What one does with cases as a whole (decisions, section 3). */
@ApplicationScoped
public class Cases {
  private static final Logger LOG = Logger.getLogger(Cases.class);

  private final CaseStore store;
  private final CaseAccess access;
  private final CaseChanges changes;
  private final CaseArchive archive;
  private final ErasedUsers erasedUsers;
  private final Transactions transactions;
  private final Idempotency idempotency;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Cases(
      CaseStore store,
      CaseAccess access,
      CaseChanges changes,
      CaseArchive archive,
      ErasedUsers erasedUsers,
      Transactions transactions,
      Idempotency idempotency,
      Outbox outbox,
      Clock clock) {
    this.store = store;
    this.access = access;
    this.changes = changes;
    this.archive = archive;
    this.erasedUsers = erasedUsers;
    this.transactions = transactions;
    this.idempotency = idempotency;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Path of a case. */
  public static String path(String caseId) {
    return "/api/v1/cases/" + caseId;
  }

  /**
   * Stores a new case of the actor with all that it brings, and says so to the other services, in
   * one transaction (specification 6.3, pattern 1).
   *
   * @param once how the request may be repeated
   * @param sessionId the session in which it is opened, null when there is none
   * @return fails with {@link Problem} 403 when the actor may not open cases, and with 401 when the
   *     actor's data have been erased meanwhile
   */
  public Uni<Created<Case>> open(Actor actor, Case opened, Once once, @Nullable String sessionId) {
    access.checkMayOpen(actor);
    return idempotency.create(
        once.key(),
        actor.userId(),
        once.request("/api/v1/cases"),
        Case.class,
        tx -> store(tx, actor, opened, sessionId));
  }

  private Uni<Created<Case>> store(
      SqlConnection tx, Actor actor, Case opened, @Nullable String sessionId) {
    CaseCreated event =
        new CaseCreated(
            opened.caseId(), opened.userId(), opened.status(), sessionId, opened.createdAt());
    return erasedUsers
        .requireNotErased(tx, opened.userId())
        .chain(() -> store.ensureUser(tx, opened.userId()))
        .flatMap(known -> store.in(tx, Scope.of(actor)).save(opened))
        .call(saved -> outbox.append(tx, event))
        .call(saved -> announceEvidence(tx, saved))
        .map(saved -> Created.now(path(saved.caseId()), saved));
  }

  private Uni<Void> announceEvidence(SqlConnection tx, Case saved) {
    return saved.evidence().isEmpty()
        ? Uni.createFrom().voidItem()
        : outbox.append(
            tx,
            CaseEvidence.added(
                saved.caseId(), saved.userId(), saved.evidence(), saved.createdAt()));
  }

  /**
   * Headers of the cases that the query asks for and the actor may see.
   *
   * @param owner a user id, {@link CaseAccess#EVERYBODY}, or null for the actor's own; the query's
   *     own owner does not count
   */
  public Uni<List<Case>> list(Actor actor, @Nullable String owner, CaseQuery query) {
    return access
        .owner(actor, owner, "case.list")
        .flatMap(
            allowed -> store.direct(Scope.of(actor)).find(query.ofOwner(allowed.orElse(null))));
  }

  /** Cases that the search finds and the actor may see; owner as in {@link #list}. */
  public Uni<Page<CaseHit>> search(Actor actor, @Nullable String owner, CaseSearch search) {
    return access
        .owner(actor, owner, "case.search")
        .flatMap(
            allowed ->
                store
                    .direct(Scope.of(actor))
                    .search(
                        new CaseSearch(
                            search.text(),
                            allowed.orElse(null),
                            search.statuses(),
                            search.tag(),
                            search.page())));
  }

  /**
   * Counts over cases as JSON text.
   *
   * @param owner a user id; null for all that the actor may see: analysts and admins everybody's,
   *     users their own
   * @param query the period; its own owner does not count
   */
  public Uni<String> analytics(Actor actor, @Nullable String owner, AnalyticsQuery query) {
    String asked = owner == null && actor.seesEveryCase() ? CaseAccess.EVERYBODY : owner;
    return access
        .owner(actor, asked, "case.analytics")
        .flatMap(
            allowed ->
                store.analytics(
                    Scope.of(actor),
                    new AnalyticsQuery(
                        allowed.orElse(null), query.since(), query.until(), query.interval())));
  }

  /** The wanted parts of a case as JSON text. */
  public Uni<CaseDocument> load(Actor actor, String caseId, CaseParts parts) {
    return access.document(actor, caseId, parts, "case");
  }

  /** The whole case as JSON text, to be taken away. */
  public Uni<CaseDocument> export(Actor actor, String caseId) {
    return access.document(actor, caseId, CaseParts.ALL, "case.export");
  }

  /**
   * Changes a case's own row.
   *
   * @param expectedVersion the version that the actor has seen; null for any
   * @return the header as stored; fails with {@link VersionConflictException}
   */
  public Uni<Case> change(
      Actor actor, String caseId, @Nullable Long expectedVersion, UnaryOperator<Case> change) {
    return changes.change(
        actor,
        caseId,
        "case",
        (tx, seen) ->
            store
                .in(tx, Scope.of(actor))
                .update(caseId, expectedVersion, change)
                .map(changed -> changed.orElseThrow(() -> Problem.notFound("case")))
                .call(changed -> outbox.append(tx, updated(changed))));
  }

  private static CaseUpdated updated(Case changed) {
    return new CaseUpdated(
        changed.caseId(), changed.userId(), changed.version(), changed.updatedAt());
  }

  /**
   * Brings a case into another status, writes the audit row and says so to the other services, in
   * one transaction.
   *
   * @param expectedVersion the version that the actor has seen; null for any
   * @return the header as stored; fails with {@link InvalidStatusTransitionException} and {@link
   *     VersionConflictException}
   */
  public Uni<Case> changeStatus(
      Actor actor, String caseId, @Nullable Long expectedVersion, StatusChange change) {
    return changes
        .change(
            actor,
            caseId,
            "case",
            (tx, seen) -> changeStatus(tx, actor, caseId, expectedVersion, change))
        .onFailure(InvalidStatusTransitionException.class)
        .invoke(refused -> LOG.infof("Case %s: %s", caseId, refused.getMessage()));
  }

  private Uni<Case> changeStatus(
      SqlConnection tx,
      Actor actor,
      String caseId,
      @Nullable Long expectedVersion,
      StatusChange change) {
    CaseRepository cases = store.in(tx, Scope.of(actor));
    return cases
        .changeStatus(caseId, expectedVersion, change)
        .map(changed -> changed.orElseThrow(() -> Problem.notFound("case")))
        .call(
            changed ->
                cases
                    .getTransitions(caseId)
                    .map(trail -> event(changed, written(trail, change.transitionId())))
                    .flatMap(event -> outbox.append(tx, event)));
  }

  // The row tells which status it was, even when the case changed since the actor was let in.
  private static StatusTransition written(List<StatusTransition> trail, String transitionId) {
    return trail.stream()
        .filter(transition -> transition.transitionId().equals(transitionId))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a status change without its audit row"));
  }

  private static CaseStatusChanged event(Case changed, StatusTransition transition) {
    return new CaseStatusChanged(
        changed.caseId(),
        changed.userId(),
        transition.fromStatus(),
        transition.toStatus(),
        changed.closureReason(),
        transition.triggeredAt());
  }

  /**
   * Archives a case now.
   *
   * @return the header as stored; fails with {@link Problem} 409 {@code case-not-ended}
   */
  public Uni<Case> archive(Actor actor, String caseId) {
    return access
        .changeable(actor, caseId, "case")
        .invoke(
            seen -> {
              if (!seen.status().isTerminal()) {
                throw Problem.conflict(
                    "case-not-ended", "Only a resolved or closed case can be archived.");
              }
            })
        .call(seen -> archive.archive(caseId))
        .flatMap(seen -> header(actor, caseId));
  }

  /** Takes a case out of the archive; one that is not archived stays as it is. */
  public Uni<Case> restore(Actor actor, String caseId) {
    return access
        .changeable(actor, caseId, "case")
        .call(seen -> archive.restore(caseId))
        .flatMap(seen -> header(actor, caseId));
  }

  private Uni<Case> header(Actor actor, String caseId) {
    return store
        .direct(Scope.of(actor))
        .getHeader(caseId)
        .map(found -> found.orElseThrow(() -> Problem.notFound("case")));
  }

  /** Deletes a case with all its rows and says so to the other services, in one transaction. */
  public Uni<Void> delete(Actor actor, String caseId) {
    return access
        .changeable(actor, caseId, "case")
        .flatMap(seen -> transactions.inTransaction(tx -> delete(tx, actor, seen)));
  }

  private Uni<Void> delete(SqlConnection tx, Actor actor, CaseHead seen) {
    CaseDeleted event = new CaseDeleted(seen.caseId(), seen.userId(), clock.instant());
    return store
        .in(tx, Scope.of(actor))
        .delete(seen.caseId())
        .flatMap(
            deleted ->
                deleted
                    ? outbox.append(tx, event)
                    : Uni.createFrom().failure(Problem.notFound("case")));
  }

  /** The audit trail of a case, oldest first. */
  public Uni<List<StatusTransition>> transitions(Actor actor, String caseId) {
    return access.rows(actor, caseId, "case.transitions", cases -> cases.getTransitions(caseId));
  }

  /** The files of a case, newest first. */
  public Uni<List<UploadedFile>> files(Actor actor, String caseId) {
    return access.rows(actor, caseId, "case.files", cases -> cases.listUploadedFiles(caseId));
  }
}
