package com.faultmaven.cases.storage;

import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.repository.DuplicateKeyException;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.repository.VersionConflictException;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the contract calls a write that PostgreSQL, or the lock of a case, refuses. */
final class Refusals {
  private Refusals() {}

  /** The failure of a write of rows, in the words of the contract. */
  static <R> Function<Throwable, Throwable> ofRows(
      Table<R> table, List<R> rows, Function<R, String> caseId) {
    return failure -> {
      if (DatabaseFailures.uniqueViolation(failure).isPresent()) {
        return new DuplicateKeyException(table.idColumn());
      }
      if (failure instanceof PgException error && DatabaseFailures.isForeignKeyViolation(error)) {
        return missing(error, rows, caseId);
      }
      if (isForeign(failure)) {
        return new MissingRowException("case", caseId.apply(rows.getFirst()));
      }
      return failure;
    };
  }

  /** Whether row-level security refused it: for who asks, there is no such case. */
  private static boolean isForeign(Throwable failure) {
    return failure instanceof PgException error
        && "42501".equals(error.getSqlState())
        && String.valueOf(error.getErrorMessage()).contains("row-level security");
  }

  /** Refuses a version that is not the stored one. */
  static void checkVersion(Case stored, @Nullable Long expected) {
    if (expected != null && expected != stored.version()) {
      throw new VersionConflictException(expected, stored.version());
    }
  }

  /** Refuses a change of what only other writes may change. */
  static void requireSame(Case stored, Case changed) {
    if (!changed.caseId().equals(stored.caseId())
        || !changed.userId().equals(stored.userId())
        || changed.status() != stored.status()) {
      throw new IllegalArgumentException("id, owner and status of a case change in no other write");
    }
  }

  private static <R> MissingRowException missing(
      PgException error, List<R> rows, Function<R, String> caseId) {
    String constraint = String.valueOf(error.getConstraint());
    if (constraint.contains("hypothesis")) {
      return new MissingRowException(
          "hypothesis", named(error, rows, row -> ((Solution) row).linkedHypothesisId()));
    }
    if (constraint.contains("user")) {
      return new MissingRowException("user", named(error, rows, row -> ((Case) row).userId()));
    }
    return new MissingRowException("case", named(error, rows, caseId));
  }

  /** The id that the server names, out of those that were given. */
  private static <R> String named(
      PgException error, List<R> rows, Function<R, @Nullable String> id) {
    String detail = String.valueOf(error.getDetail());
    List<String> ids = rows.stream().map(id).filter(Objects::nonNull).toList();
    return ids.stream()
        .filter(detail::contains)
        .findFirst()
        .orElseGet(() -> ids.isEmpty() ? "" : ids.getFirst());
  }
}
