package com.faultmaven.common.db;

import com.fasterxml.jackson.core.JacksonException;
import com.faultmaven.common.repository.StorageUnavailableException;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells one failure of PostgreSQL from another, by SQLSTATE where there is one. */
public final class DatabaseFailures {
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final Set<String> CONFLICTS = Set.of("40001", "40P01");
  private static final Set<String> UNSTORABLE_TEXT = Set.of("22021", "22P05");

  private DatabaseFailures() {}

  /** Whether text was refused because PostgreSQL cannot hold it: NUL, or a lone surrogate. */
  public static boolean isUnstorableText(Throwable failure) {
    return UNSTORABLE_TEXT.contains(sqlState(failure));
  }

  /** Whether the transaction lost against another one and may be tried again from its start. */
  public static boolean isConflict(Throwable failure) {
    return CONFLICTS.contains(sqlState(failure));
  }

  /** Name of the violated unique constraint or index; empty for any other failure. */
  public static Optional<String> uniqueViolation(Throwable failure) {
    PgException error = find(failure);
    return error != null && UNIQUE_VIOLATION.equals(error.getSqlState())
        ? Optional.ofNullable(error.getConstraint())
        : Optional.empty();
  }

  /** Whether a row points to one that is not there. */
  public static boolean isForeignKeyViolation(Throwable failure) {
    return FOREIGN_KEY_VIOLATION.equals(sqlState(failure));
  }

  /**
   * Whether the server is away, starting, stopping or full, so that the same call may work later:
   * no connection, a lost connection, no free connection in time, SQLSTATE classes 08, 53 and 57P.
   */
  public static boolean isTransient(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof JacksonException) {
        return false; // an IOException by descent alone
      }
      if (at instanceof StorageUnavailableException
          || at instanceof IOException
          || at instanceof TimeoutException
          || at instanceof ConnectionPoolTooBusyException) {
        return true;
      }
      if (at instanceof PgException error) {
        String state = String.valueOf(error.getSqlState());
        return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
      }
      if (isLostConnection(at)) {
        return true;
      }
    }
    return false;
  }

  /** The failure as a contract reports it: {@link StorageUnavailableException} when transient. */
  public static Throwable translate(Throwable failure) {
    return !(failure instanceof StorageUnavailableException) && isTransient(failure)
        ? new StorageUnavailableException("postgresql", failure)
        : failure;
  }

  private static boolean isLostConnection(Throwable failure) {
    // The client has no types of its own for these: a pool without a free connection in time, a
    // connection that the server closed, one that is used again before it knows that it is closed.
    String message = String.valueOf(failure.getMessage());
    return (failure instanceof NoStackTraceThrowable
            && (message.startsWith("Timeout") || message.startsWith("Connection is not active")))
        || (failure instanceof VertxException && message.contains("onnection"));
  }

  private static @Nullable String sqlState(Throwable failure) {
    PgException error = find(failure);
    return error == null ? "" : error.getSqlState();
  }

  private static @Nullable PgException find(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof PgException error) {
        return error;
      }
    }
    return null;
  }
}
