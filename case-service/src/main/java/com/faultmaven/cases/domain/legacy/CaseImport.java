package com.faultmaven.cases.domain.legacy;

import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.InDatabase;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.CaseCreated;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.DuplicateKeyException;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.userdata.ErasedUsers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/**
 * Takes one case over into the database: with its owner's projection row, its event and the note
 * that it was imported, in one transaction. Before that commits the case is read back and compared.
 */
@ApplicationScoped
public class CaseImport {
  private final CaseStore store;
  private final ImportRecords records;
  private final ErasedUsers erasedUsers;
  private final Transactions transactions;
  private final Outbox outbox;
  private final OffLoop offLoop;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public CaseImport(
      @InDatabase CaseStore store,
      ImportRecords records,
      ErasedUsers erasedUsers,
      Transactions transactions,
      Outbox outbox,
      OffLoop offLoop,
      Clock clock) {
    this.store = store;
    this.records = records;
    this.erasedUsers = erasedUsers;
    this.transactions = transactions;
    this.outbox = outbox;
    this.offLoop = offLoop;
    this.clock = clock;
  }

  /** What has come of a case. */
  enum Outcome {
    IMPORTED,
    ALREADY_THERE
  }

  /** Ends the transaction of a dry run. */
  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    Undone(Outcome outcome) {
      super("a dry run changes nothing", null, false, false);
      this.outcome = outcome;
    }
  }

  /**
   * Takes the case over unless it is there.
   *
   * @param dryRun whether it is undone again
   * @return fails with {@link LegacyCaseRefused} when another case is there or the database does
   *     not take it, and with what {@link DatabaseFailures#isTransient} knows when that is away
   */
  Uni<Outcome> take(LegacyCase given, boolean dryRun) {
    return records
        .fingerprint(given.value().caseId())
        .flatMap(
            known ->
                known.isPresent()
                    ? known(given, known.get())
                    : transactions
                        .inTransaction(tx -> take(tx, given, dryRun))
                        .onFailure(Undone.class)
                        .recoverWithItem(undone -> ((Undone) undone).outcome))
        .onFailure(failure -> !DatabaseFailures.isTransient(failure))
        .transform(CaseImport::refused);
  }

  private static Uni<Outcome> known(LegacyCase given, String fingerprint) {
    return fingerprint.equals(given.fingerprint())
        ? Uni.createFrom().item(Outcome.ALREADY_THERE)
        : refuse("", "exists and differs: it was imported before and has changed in Redis since");
  }

  private static Throwable refused(Throwable failure) {
    if (failure instanceof DuplicateKeyException duplicate) {
      return new LegacyCaseRefused("", "exists: " + duplicate.getMessage());
    }
    if (failure instanceof MissingRowException missing) {
      return new LegacyCaseRefused("", "points to a " + missing.what() + " that is not there");
    }
    return failure instanceof PgException error
        ? new LegacyCaseRefused("", "the database refuses it, SQLSTATE " + error.getSqlState())
        : failure;
  }

  private static <T> Uni<T> refuse(String field, String reason) {
    return Uni.createFrom().failure(() -> new LegacyCaseRefused(field, reason));
  }

  private Uni<Outcome> take(SqlConnection tx, LegacyCase given, boolean dryRun) {
    Case value = given.value();
    return erasedUsers
        .isErased(tx, value.userId())
        .flatMap(
            erased ->
                erased
                    ? CaseImport.<Void>refuse("user_id", "this user's data have been erased")
                    : store.ensureUser(tx, value.userId()))
        .chain(() -> store.in(tx, Scope.SERVICE).get(value.caseId()))
        .flatMap(found -> found.isPresent() ? compare(found.get(), value) : write(tx, value))
        .call(outcome -> records.remember(tx, value.caseId(), given.fingerprint(), clock.instant()))
        .flatMap(
            outcome ->
                dryRun
                    ? Uni.createFrom().failure(() -> new Undone(outcome))
                    : Uni.createFrom().item(outcome));
  }

  private Uni<Outcome> compare(Case stored, Case given) {
    return offLoop
        .run(() -> LegacyCases.sameContent(stored, given))
        .flatMap(
            same ->
                same
                    ? Uni.createFrom().item(Outcome.ALREADY_THERE)
                    : refuse("", "exists and differs: another case has this id"));
  }

  private Uni<Outcome> write(SqlConnection tx, Case given) {
    CaseRepository cases = store.in(tx, Scope.SERVICE);
    return cases
        .save(given)
        .call(saved -> putFiles(cases, given))
        .chain(() -> cases.get(given.caseId()))
        .call(stored -> requireWhole(stored, given))
        .chain(() -> outbox.append(tx, created(given)))
        .replaceWith(Outcome.IMPORTED);
  }

  private static Uni<Void> putFiles(CaseRepository cases, Case given) {
    return Multi.createFrom()
        .<UploadedFile>iterable(given.uploadedFiles())
        .onItem()
        .transformToUniAndConcatenate(cases::putUploadedFile)
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** An upsert leaves rows alone that belong to another case. */
  private Uni<Boolean> requireWhole(Optional<Case> stored, Case given) {
    return offLoop
        .run(() -> stored.isPresent() && LegacyCases.sameContent(stored.get(), given))
        .flatMap(
            same ->
                same
                    ? Uni.createFrom().item(true)
                    : refuse("", "ids of its rows are those of rows of another case"));
  }

  private static CaseCreated created(Case given) {
    return new CaseCreated(given.caseId(), given.userId(), given.status(), null, given.createdAt());
  }
}
