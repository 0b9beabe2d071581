package com.faultmaven.cases.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.cases.domain.ArchiveSettings;
import com.faultmaven.cases.domain.ArchivedCases;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.s3.CompressedObjects;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * The archive in a bucket, under {@code archive/{case_id}.json.gz}: the case as {@link WholeCases}
 * reads it, with instants to the microsecond.
 */
@ApplicationScoped
public class S3ArchivedCases implements ArchivedCases {
  private static final Logger LOG = Logger.getLogger(S3ArchivedCases.class);
  private static final String PREFIX = "archive/";

  /** What is read, whatever the settings allow to be stored by now: the largest default ever. */
  private static final int LARGEST = 256 << 20;

  /** Against whoever adds rows, not only against who changes the case's own. */
  private static final String LOCK =
      """
      SELECT 1 FROM cases
      WHERE case_id = $1 AND status IN ('resolved', 'closed') AND (archived_at IS NOT NULL) = $2
      FOR UPDATE
      """;

  // Who deletes the case waits for this, and finds the note.
  static final String EXPECT =
      """
      WITH ended AS (
          SELECT case_id FROM cases
          WHERE case_id = $1 AND status IN ('resolved', 'closed') AND archived_at IS NULL
          FOR KEY SHARE),
      noted AS (
          INSERT INTO archived_objects (case_id, s3_key, size_bytes, archived_at)
          SELECT case_id, $2, 0, $3 FROM ended
          ON CONFLICT (case_id) DO NOTHING)
      SELECT case_id FROM ended
      """;

  private static final String NOTE =
      """
      INSERT INTO archived_objects (case_id, s3_key, size_bytes, archived_at)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (case_id) DO UPDATE
      SET size_bytes = excluded.size_bytes, archived_at = excluded.archived_at
      """;
  private static final String EMPTY = "SELECT empty_archived_case($1, $2)";

  // Marked by hand, or by an older release: what is in the archive has a note of the same moment.
  private static final String MEND =
      """
      UPDATE cases SET archived_at = NULL, version = version + 1
      WHERE case_id = $1 AND NOT EXISTS (
          SELECT FROM archived_objects AS note
          WHERE note.case_id = cases.case_id AND note.archived_at = cases.archived_at
              AND note.size_bytes > 0)
      """;
  private static final String RESTORED =
      "UPDATE cases SET archived_at = NULL, version = version + 1 WHERE case_id = $1";

  // The status is part of the text, so that every plan may use the index of ended cases.
  private static final String FIND_DUE =
      """
      SELECT case_id FROM cases
      WHERE archived_at IS NULL AND status = '%s' AND coalesce(resolved_at, updated_at) < $1
          AND case_id <> ALL ($2)
      ORDER BY coalesce(resolved_at, updated_at), case_id LIMIT $3
      """;
  static final String FIND_RESOLVED = FIND_DUE.formatted("resolved");
  static final String FIND_CLOSED = FIND_DUE.formatted("closed");
  static final String FIND_ENDED =
      """
      SELECT case_id, user_id FROM cases
      WHERE status IN ('resolved', 'closed') AND coalesce(resolved_at, updated_at) < $1
      ORDER BY coalesce(resolved_at, updated_at), case_id LIMIT $2
      """;
  private static final String GONE =
      "SELECT case_id, s3_key FROM archived_objects WHERE gone_at IS NOT NULL ORDER BY gone_at LIMIT $1";
  private static final String OF_CASES =
      "SELECT case_id, s3_key FROM archived_objects WHERE case_id = ANY ($1) AND gone_at IS NOT NULL";
  private static final String FORGET =
      "DELETE FROM archived_objects WHERE case_id = ANY ($1) AND gone_at IS NOT NULL";

  private final StorageBackend storage;
  private final CompressedObjects objects;
  private final Transactions transactions;
  private final ArchiveSettings settings;

  /** Wires the bean. */
  @Inject
  public S3ArchivedCases(
      StorageBackend storage, Transactions transactions, ArchiveSettings settings) {
    this.storage = storage;
    this.objects = new CompressedObjects(storage, LARGEST);
    this.transactions = transactions;
    this.settings = settings;
  }

  @Override
  public Uni<Boolean> expect(String caseId, Instant at) {
    Tuple note = Tuple.of(caseId, key(caseId), Rows.utc(at));
    return connections()
        .writing(connection -> connection.preparedQuery(EXPECT).execute(note))
        .map(ended -> ended.size() == 1);
  }

  @Override
  public Uni<Optional<WholeCase>> lockToArchive(SqlConnection tx, String caseId) {
    return lock(tx, caseId, false)
        .flatMap(
            locked ->
                locked
                    ? whole(tx, caseId).map(Optional::of)
                    : Uni.createFrom().item(Optional.empty()));
  }

  /** Its size is looked at before it comes: a case may be larger than the memory. */
  private Uni<WholeCase> whole(SqlConnection tx, String caseId) {
    WholeCases cases = new WholeCases(Connections.within(tx, Scope.SERVICE));
    return cases
        .size(caseId)
        .invoke(
            size -> {
              if (size > settings.maxBytes()) {
                throw Problem.conflict(
                    "case-too-large",
                    "The case takes %d bytes, and faultmaven.archive.max-bytes allows %d."
                        .formatted(size, settings.maxBytes()));
              }
            })
        .chain(() -> cases.stored(caseId));
  }

  @Override
  public Uni<Optional<Case>> lockToRestore(SqlConnection tx, String caseId) {
    return lock(tx, caseId, true)
        .flatMap(locked -> locked ? isInArchive(tx, caseId) : Uni.createFrom().item(false))
        .flatMap(
            inArchive ->
                inArchive
                    ? new PostgresCaseRepository(Connections.within(tx, Scope.SERVICE))
                        .getHeader(caseId)
                    : Uni.createFrom().item(Optional.empty()));
  }

  /** Ends the mark of a locked case whose rows are all here. */
  private static Uni<Boolean> isInArchive(SqlConnection tx, String caseId) {
    return tx.preparedQuery(MEND)
        .execute(Tuple.of(caseId))
        .map(
            mended -> {
              if (mended.rowCount() > 0) {
                LOG.warnf("Case %s was marked as archived and is not", caseId);
              }
              return mended.rowCount() == 0;
            });
  }

  private static Uni<Boolean> lock(SqlConnection tx, String caseId, boolean archived) {
    return Connections.within(tx, Scope.SERVICE)
        .transaction(
            connection -> connection.preparedQuery(LOCK).execute(Tuple.of(caseId, archived)))
        .map(rows -> rows.rowCount() == 1);
  }

  @Override
  public Uni<Long> store(WholeCase whole) {
    return objects
        .store(key(whole.caseId()), () -> whole.json().getBytes())
        .map(CompressedObjects.Stored::bytes);
  }

  @Override
  public Uni<Case> read(String caseId) {
    return objects
        .read(key(caseId), json -> StoredJson.read(new String(json, UTF_8), Case.class))
        .map(
            found ->
                found.orElseThrow(() -> new IllegalStateException("no archive of case " + caseId)));
  }

  @Override
  public Uni<Void> empty(SqlConnection tx, String caseId, long sizeBytes, Instant at) {
    Tuple note = Tuple.of(caseId, key(caseId), sizeBytes, Rows.utc(at));
    return tx.preparedQuery(NOTE)
        .execute(note)
        .chain(() -> tx.preparedQuery(EMPTY).execute(Tuple.of(caseId, Rows.utc(at))))
        .invoke(
            emptied -> {
              if (!emptied.iterator().next().getBoolean(0)) {
                throw new IllegalStateException("a locked case has changed: " + caseId);
              }
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> fill(SqlConnection tx, Case archived) {
    return Connections.within(tx, Scope.SERVICE)
        .transaction(
            connection ->
                new WholeCases(Connections.within(connection, Scope.SERVICE))
                    .putRowsBack(connection, archived)
                    .chain(() -> putFilesBack(connection, archived.uploadedFiles()))
                    .chain(
                        () ->
                            connection
                                .preparedQuery(RESTORED)
                                .execute(Tuple.of(archived.caseId()))))
        .replaceWithVoid();
  }

  private static Uni<Void> putFilesBack(SqlConnection connection, List<UploadedFile> files) {
    return new ChildRows<>(
            Connections.within(connection, Scope.SERVICE), CaseTables.FILES, UploadedFile::caseId)
        .write(connection, CaseTables.FILES.insertNew(), files)
        .replaceWithVoid();
  }

  @Override
  public Uni<List<String>> findDue(
      Instant resolvedBefore, Instant closedBefore, Set<String> except, int limit) {
    String[] others = except.toArray(String[]::new);
    return find(FIND_RESOLVED, Tuple.of(Rows.utc(resolvedBefore), others, limit), caseId())
        .flatMap(
            resolved ->
                resolved.size() == limit
                    ? Uni.createFrom().item(resolved)
                    : find(
                            FIND_CLOSED,
                            Tuple.of(Rows.utc(closedBefore), others, limit - resolved.size()),
                            caseId())
                        .map(closed -> Stream.concat(resolved.stream(), closed.stream()).toList()));
  }

  @Override
  public Uni<List<EndedCase>> findEnded(Instant before, int limit) {
    return find(
        FIND_ENDED,
        Tuple.of(Rows.utc(before), limit),
        row -> new EndedCase(row.getString("case_id"), row.getString("user_id")));
  }

  @Override
  public Uni<Integer> removeObjects(int limit) {
    return find(GONE, Tuple.of(limit), S3ArchivedCases::gone)
        .flatMap(
            gone ->
                gone.isEmpty()
                    ? Uni.createFrom().item(0)
                    : remove(gone)
                        .chain(() -> connections().writing(connection -> forget(connection, gone)))
                        .replaceWith(gone.size()));
  }

  @Override
  public Uni<Void> removeObjects(SqlConnection tx, List<String> caseIds) {
    Tuple ids = Tuple.tuple().addArrayOfString(caseIds.toArray(String[]::new));
    return tx.preparedQuery(OF_CASES)
        .execute(ids)
        .map(rows -> all(rows, S3ArchivedCases::gone))
        .flatMap(
            gone ->
                gone.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : remove(gone).chain(() -> forget(tx, gone)));
  }

  /** An object whose case is gone. */
  private record Gone(String caseId, String key) {}

  private static Gone gone(Row row) {
    return new Gone(row.getString("case_id"), row.getString("s3_key"));
  }

  private Uni<Void> remove(List<Gone> gone) {
    return Multi.createFrom()
        .iterable(gone)
        .onItem()
        .transformToUniAndConcatenate(object -> storage.delete(object.key()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static Uni<Void> forget(SqlConnection connection, List<Gone> gone) {
    String[] ids = gone.stream().map(Gone::caseId).toArray(String[]::new);
    return connection
        .preparedQuery(FORGET)
        .execute(Tuple.tuple().addArrayOfString(ids))
        .replaceWithVoid();
  }

  private Connections connections() {
    return Connections.pooled(transactions, Scope.SERVICE);
  }

  private <T> Uni<List<T>> find(String sql, Tuple values, Function<Row, T> row) {
    return connections()
        .searching(connection -> connection.preparedQuery(sql).execute(values))
        .map(rows -> all(rows, row))
        .onFailure()
        .transform(DatabaseFailures::translate);
  }

  private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> row) {
    return StreamSupport.stream(rows.spliterator(), false).map(row).toList();
  }

  private static Function<Row, String> caseId() {
    return row -> row.getString("case_id");
  }

  private static String key(String caseId) {
    return PREFIX + caseId + ".json.gz";
  }
}
