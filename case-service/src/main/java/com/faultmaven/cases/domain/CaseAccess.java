package com.faultmaven.cases.domain;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may see and change which case (decisions, section 7): users their own, analysts see every
 * one, admins do everything. What one may not see is not there. Whoever sees another user's data
 * stands in the access log before the answer goes out.
 */
@ApplicationScoped
public class CaseAccess {
  /** What a list asks for to see the cases of every user. */
  public static final String EVERYBODY = "all";

  private final CaseStore store;
  private final CaseArchive archive;
  private final CaseCache cache;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseAccess(CaseStore store, CaseArchive archive, CaseCache cache, Clock clock) {
    this.store = store;
    this.cache = cache;
    this.archive = archive;
    this.clock = clock;
  }

  /**
   * Rows around a case, for an actor who may see it: whether it may is asked together with the
   * rows.
   *
   * @param resource what is seen of it, for the access log, for example {@code case.evidence}
   * @param read asks for the rows
   * @return fails with {@link Problem} 404 when there is no such case for the actor
   */
  public <T> Uni<T> rows(
      Actor actor, String caseId, String resource, Function<CaseRepository, Uni<T>> read) {
    Scope scope = Scope.of(actor);
    return store
        .rows(scope, caseId, read)
        .map(
            found ->
                found
                    .filter(it -> maySee(actor, it.head().userId()))
                    .orElseThrow(() -> Problem.notFound("case")))
        .call(found -> record(actor, found.head().userId(), caseId, resource))
        .flatMap(
            found ->
                found.head().archived()
                    ? archive.restore(caseId).chain(() -> read.apply(store.direct(scope)))
                    : Uni.createFrom().item(found.rows()));
  }

  /**
   * What must be known of a case that the actor may change.
   *
   * @param resource what is changed of it, for the access log: the answer shows it
   * @return fails with {@link Problem} 404 when there is no such case for the actor, and with 403
   *     when the actor may see it alone
   */
  public Uni<CaseHead> writable(Actor actor, String caseId, String resource) {
    return changeable(actor, caseId, resource).call(this::whole);
  }

  /** As {@link #writable}, without the rows around the case, which may be in the archive. */
  public Uni<CaseHead> changeable(Actor actor, String caseId, String resource) {
    return store
        .head(Scope.of(actor), caseId)
        .map(found -> seen(actor, found))
        .invoke(
            found -> {
              if (!actor.mayChangeCasesOf(found.userId())) {
                throw Problem.forbidden("Analysts read cases and change nothing.");
              }
            })
        .call(found -> record(actor, found.userId(), caseId, resource));
  }

  /** Whoever goes on to the rows around an archived case finds them restored. */
  private Uni<Void> whole(CaseHead found) {
    return found.archived() ? archive.restore(found.caseId()) : Uni.createFrom().voidItem();
  }

  /**
   * The wanted parts of a case as JSON text, for an actor who may see it.
   *
   * @return fails with {@link Problem} 404 when there is no such case for the actor
   */
  public Uni<CaseDocument> document(Actor actor, String caseId, CaseParts parts, String resource) {
    if (!parts.equals(CaseParts.ALL)) {
      return load(actor, caseId, parts, resource);
    }
    return cache
        .find(caseId)
        .flatMap(
            found ->
                found.copy().isEmpty()
                    ? loadAndKeep(actor, caseId, resource, found)
                    : copied(actor, caseId, resource, found));
  }

  /** The copy, if it is what the database would answer now; that is asked first. */
  private Uni<CaseDocument> copied(
      Actor actor, String caseId, String resource, CaseCache.Found found) {
    CaseCache.Copy copy = found.copy().orElseThrow();
    return store
        .head(Scope.of(actor), caseId)
        .flatMap(
            known -> {
              CaseHead head = seen(actor, known);
              return copy.fits(head)
                  ? record(actor, head.userId(), caseId, resource)
                      .replaceWith(
                          new CaseDocument(
                              caseId,
                              head.userId(),
                              head.version(),
                              false,
                              head.epoch(),
                              copy.json()))
                  : loadAndKeep(actor, caseId, resource, found);
            });
  }

  private Uni<CaseDocument> loadAndKeep(
      Actor actor, String caseId, String resource, CaseCache.Found found) {
    return load(actor, caseId, CaseParts.ALL, resource)
        .invoke(
            document ->
                cache
                    .keep(
                        caseId,
                        found.mark(),
                        new CaseCache.Copy(document.version(), document.epoch(), document.json()))
                    .subscribe()
                    .with(done -> {}));
  }

  private Uni<CaseDocument> load(Actor actor, String caseId, CaseParts parts, String resource) {
    return store
        .document(Scope.of(actor), caseId, parts)
        .map(
            loaded ->
                loaded
                    .filter(document -> maySee(actor, document.userId()))
                    .orElseThrow(() -> Problem.notFound("case")))
        .call(document -> record(actor, document.userId(), caseId, resource))
        .flatMap(
            document ->
                document.archived()
                    ? archive
                        .restore(caseId)
                        .chain(() -> store.document(Scope.of(actor), caseId, parts))
                        .map(again -> again.orElseThrow(() -> Problem.notFound("case")))
                    : Uni.createFrom().item(document));
  }

  /**
   * Whose cases a list shows.
   *
   * @param asked a user id, {@link #EVERYBODY}, or null for the actor's own
   * @return the owner, empty for every owner; fails with {@link Problem} 404 when the actor may not
   *     see them
   */
  public Uni<Optional<String>> owner(Actor actor, @Nullable String asked, String resource) {
    if (asked == null || actor.is(asked)) {
      return Uni.createFrom().item(Optional.of(actor.userId()));
    }
    if (!actor.seesEveryCase()) {
      return Uni.createFrom().failure(Problem.notFound("user"));
    }
    String owner = asked.equals(EVERYBODY) ? null : asked;
    return record(actor, owner, null, resource).replaceWith(Optional.ofNullable(owner));
  }

  /**
   * Lets those pass who may open cases of their own.
   *
   * @throws Problem 403 for the others
   */
  public void checkMayOpen(Actor actor) {
    if (!actor.mayChangeCasesOf(actor.userId())) {
      throw Problem.forbidden("Cases are opened by users; your roles only let you read.");
    }
  }

  private static CaseHead seen(Actor actor, Optional<CaseHead> found) {
    return found
        .filter(it -> maySee(actor, it.userId()))
        .orElseThrow(() -> Problem.notFound("case"));
  }

  private static boolean maySee(Actor actor, String ownerId) {
    return actor.is(ownerId) || actor.seesEveryCase();
  }

  private Uni<Void> record(
      Actor actor, @Nullable String ownerId, @Nullable String caseId, String resource) {
    if (ownerId != null && actor.is(ownerId)) {
      return Uni.createFrom().voidItem();
    }
    return store.recordAccess(
        new DataAccess(
            Ids.next(),
            clock.instant(),
            actor.userId(),
            actor.strongestRole(),
            ownerId,
            caseId,
            resource));
  }
}
