package com.faultmaven.cases.domain;

import com.faultmaven.cases.domain.ArchivedCases.WholeCase;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.CaseArchived;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.CaseRestored;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Moves ended cases into the archive and back (specification 7.1, 7.2). The case's own row stays,
 * with {@code archived_at}; whoever asks for more of it gets it restored first, and the job
 * archives it again. A crash at any line leaves the rows, the object, or both, and a note of the
 * object.
 */
@ApplicationScoped
public class CaseArchive {
  private static final Logger LOG = Logger.getLogger(CaseArchive.class);

  private final ArchivedCases archived;
  private final CaseStore store;
  private final Transactions transactions;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseArchive(
      ArchivedCases archived,
      @InDatabase CaseStore store,
      Transactions transactions,
      Outbox outbox,
      Clock clock) {
    this.archived = archived;
    this.store = store;
    this.transactions = transactions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Ended cases that are due but for some, longest ended first. */
  public Uni<List<String>> findDue(
      Instant resolvedBefore, Instant closedBefore, Set<String> except, int limit) {
    return archived.findDue(resolvedBefore, closedBefore, except, limit);
  }

  /**
   * Archives a case.
   *
   * @return the size of the object in bytes; empty when the case has not ended, is archived
   *     already, or is gone; fails with {@link Problem} 409 {@code case-too-large}
   */
  public Uni<Optional<Long>> archive(String caseId) {
    return archived
        .expect(caseId, clock.instant())
        .flatMap(
            due ->
                due
                    ? transactions.inTransaction(tx -> archive(tx, caseId))
                    : Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Optional<Long>> archive(SqlConnection tx, String caseId) {
    return archived
        .lockToArchive(tx, caseId)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : archive(tx, found.get()).map(Optional::of));
  }

  private Uni<Long> archive(SqlConnection tx, WholeCase whole) {
    Instant now = clock.instant();
    return archived
        .store(whole)
        .call(bytes -> archived.empty(tx, whole.caseId(), bytes, now))
        .call(bytes -> outbox.append(tx, new CaseArchived(whole.caseId(), whole.userId(), now)));
  }

  /** Gives an archived case its rows again; nothing happens to one that has them. */
  public Uni<Void> restore(String caseId) {
    return transactions.inTransaction(tx -> restore(tx, caseId));
  }

  /** As {@link #restore(String)}, in the open transaction. */
  public Uni<Void> restore(SqlConnection tx, String caseId) {
    return archived
        .lockToRestore(tx, caseId)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : archived
                        .read(caseId)
                        .call(whole -> archived.fill(tx, whole))
                        .flatMap(
                            whole ->
                                outbox.append(
                                    tx, new CaseRestored(caseId, whole.userId(), clock.instant())))
                        .invoke(() -> LOG.infof("Case %s is restored", caseId)));
  }

  /** Cases that ended before that time, longest ended first. */
  public Uni<List<ArchivedCases.EndedCase>> findEnded(Instant before, int limit) {
    return archived.findEnded(before, limit);
  }

  /** Deletes an ended case for good, with all its rows; its object goes later. */
  public Uni<Boolean> delete(ArchivedCases.EndedCase ended) {
    return transactions.inTransaction(
        tx ->
            store
                .in(tx, Scope.SERVICE)
                .delete(ended.caseId())
                .call(
                    deleted ->
                        deleted
                            ? outbox.append(
                                tx,
                                new CaseDeleted(ended.caseId(), ended.userId(), clock.instant()))
                            : Uni.createFrom().voidItem()));
  }

  /** Deletes objects whose cases are gone, at most so many; gives how many. */
  public Uni<Integer> removeObjects(int limit) {
    return archived.removeObjects(limit);
  }
}
