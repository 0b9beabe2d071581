package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.CaseHead;
import com.faultmaven.cases.domain.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Rows around one case, read or inserted in the statement that looks for the case. Of a case that
 * is not there, or not for this {@link Scope}, there are none. Runs one statement and no second
 * one, which would be of another moment, and another transaction.
 */
final class SeenCase implements Connections {
  private final Function<Statement, Uni<Row>> run;
  private final Scope scope;
  private final String caseId;
  private final AtomicBoolean used = new AtomicBoolean();
  private volatile Optional<CaseHead> head = Optional.empty();
  private volatile boolean inserted;

  /**
   * For rows of a case.
   *
   * @param run gives the only row of a statement
   */
  SeenCase(Function<Statement, Uni<Row>> run, Scope scope, String caseId) {
    this.run = run;
    this.scope = scope;
    this.caseId = caseId;
  }

  /** The head that came with the rows that were read. */
  Optional<CaseHead> head() {
    return head;
  }

  @Override
  public <R> Uni<List<R>> reading(Statement statement, Function<String, R> row) {
    return once(SeenCaseStatements.headAndRows(scope, caseId, statement))
        .map(
            found -> {
              head = SeenCaseStatements.head(found);
              return head.isEmpty()
                  ? List.of()
                  : SeenCaseStatements.texts(found, SeenCaseStatements.BEHIND_HEAD)
                      .map(row)
                      .toList();
            });
  }

  /** Whether rows were inserted: into a case of the scope's own whose rows are not archived. */
  boolean inserted() {
    return inserted;
  }

  @Override
  public Uni<Integer> inserting(Table<?> table, String rows) {
    return once(SeenCaseStatements.inserted(scope, caseId, table, rows))
        .map(found -> Math.toIntExact(found.getLong(0)))
        .invoke(count -> inserted = count > 0);
  }

  private Uni<Row> once(Statement statement) {
    return used.compareAndSet(false, true) ? run.apply(statement) : refused();
  }

  @Override
  public <T> Uni<T> searching(Function<SqlConnection, Uni<T>> reads) {
    return refused();
  }

  @Override
  public <T> Uni<T> writing(Function<SqlConnection, Uni<T>> statement) {
    return refused();
  }

  @Override
  public <T> Uni<T> transaction(Function<SqlConnection, Uni<T>> work) {
    return refused();
  }

  private static <T> Uni<T> refused() {
    return Uni.createFrom()
        .failure(
            new UnsupportedOperationException(
                "rows around a case are read or inserted once, nothing else"));
  }
}
