package com.faultmaven.cases.domain;

import com.faultmaven.cases.domain.CaseStore.CaseRowsFound;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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

  /** How often a case is read that is archived again before it can be. */
  private static final int READS = 4;

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
    return visible(actor, caseId, resource, store.rows(Scope.of(actor), caseId, read));
  }

  /** The same with rows as they are shown. */
  public Uni<List<ShownRow>> shown(
      Actor actor, String caseId, String resource, Function<ShownRows, Uni<List<ShownRow>>> read) {
    return visible(actor, caseId, resource, store.shown(Scope.of(actor), caseId, read));
  }

  private <T> Uni<T> visible(
      Actor actor, String caseId, String resource, Uni<Optional<CaseRowsFound<T>>> read) {
    Uni<CaseRowsFound<T>> found =
        read.map(
            it ->
                it.filter(rows -> maySee(actor, rows.head().userId()))
                    .orElseThrow(() -> Problem.notFound("case")));
    return withRows(found, caseId, rows -> rows.head().archived(), READS)
        .call(rows -> record(actor, rows.head().userId(), caseId, resource))
        .map(CaseRowsFound::rows);
  }

  /** Reads, and once more when the case's rows had to be brought back from the archive. */
  private <T> Uni<T> withRows(Uni<T> read, String caseId, Predicate<T> archived, int reads) {
    return read.flatMap(
        found -> {
          if (!archived.test(found)) {
            return Uni.createFrom().item(found);
          }
          if (reads == 1) {
            throw archivedAgain();
          }
          return archive.restore(caseId).chain(() -> withRows(read, caseId, archived, reads - 1));
        });
  }

  /** The 503 for whoever comes too late each time. */
  static Problem archivedAgain() {
    return Problem.unavailable(
        "case-being-archived",
        "The case is archived again each time before it can be used; try again.",
        Duration.ofSeconds(1));
  }

  /**
   * What must be known of a case that the actor may change.
   *
   * @param resource what is changed of it, for the access log: the answer shows it
   * @return fails with {@link Problem} 404 when there is no such case for the actor, and with 403
   *     when the actor may see it alone
   */
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
    Uni<CaseDocument> loaded =
        store
            .document(Scope.of(actor), caseId, parts)
            .map(
                found ->
                    found
                        .filter(document -> maySee(actor, document.userId()))
                        .orElseThrow(() -> Problem.notFound("case")));
    return withRows(loaded, caseId, CaseDocument::archived, READS)
        .call(document -> record(actor, document.userId(), caseId, resource));
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
