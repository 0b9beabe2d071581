package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of uploaded files (specification 3.2, table uploaded_files). A row whose time has come
 * is not found any more, whether or not it has been deleted already. Every {@code Uni} fails with
 * what {@code DatabaseFailures.isTransient} knows when PostgreSQL is away.
 */
public interface FileStore {
  /** Adds the row; fails with a foreign key violation when the case is gone. */
  Uni<Void> insert(SqlConnection transaction, FileRecord file);

  /** The file; empty when there is none. */
  Uni<Optional<FileRecord>> find(String fileId);

  /** The files of a case, newest first, without their results and decisions. */
  Uni<Page<FileRecord>> list(String caseId, PageRequest page);

  /**
   * The newest kept file of the case with that name that was configuration, before the given one.
   */
  Uni<Optional<FileRecord>> previousConfiguration(String caseId, String filename, String beforeId);

  /** Extractions of the newest logs of a case that hold a stack trace. */
  Uni<List<String>> stackTraces(String caseId, int limit);

  /**
   * Takes a file for processing, so that nobody else does: one that awaits a decision, that failed,
   * that was only previewed, or whose processing was given up by a crash.
   *
   * @param abandonedBefore a file in process since before that time counts as given up
   * @return the status that it had; empty when it is not to be had
   */
  Uni<Optional<PreprocessingStatus>> claim(String fileId, Instant at, Instant abandonedBefore);

  /** Gives a claimed file back with the status that it had. */
  Uni<Void> release(String fileId, PreprocessingStatus status);

  /** Writes what processing a claimed file has given; false when the file is gone. */
  Uni<Boolean> complete(SqlConnection transaction, FileRecord file);

  /** Deletes the row and notes its object for deletion; false when there was none. */
  Uni<Boolean> delete(SqlConnection transaction, String fileId, Instant at);

  /**
   * Ids of a case's files whose events have gone out, after noting all its objects for deletion.
   */
  Uni<List<String>> noteObjectsOf(SqlConnection transaction, String caseId, Instant at);

  /** Deletes rows whose time has come, and notes their objects for deletion; gives how many. */
  Uni<Integer> expire(SqlConnection transaction, Instant now, int limit);

  /** Keys of objects that are to be deleted, oldest first. */
  Uni<List<String>> objectsToDelete(int limit);

  /** Forgets keys whose objects are deleted. */
  Uni<Void> objectsDeleted(List<String> keys);

  /** Those of the keys that no row holds. */
  Uni<Set<String>> withoutRow(List<String> keys);
}
