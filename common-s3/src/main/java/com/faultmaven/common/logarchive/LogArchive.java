package com.faultmaven.common.logarchive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.s3.CompressedObjects;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Old rows of append-only logs in the bucket (specification 7.1): {@code
 * audit/SERVICE/LOG/YYYY/MM/DD/ID.jsonl.gz}, each at most a batch of rows of one day (UTC), a row
 * on each line with all its columns. Table {@code archived_logs} has a note of each, with its
 * SHA-256.
 *
 * <p>The note comes before the object, and the object before the rows' removal: what breaks off in
 * between leaves every row in one of the two places. The database removes rows only when it finds
 * them to be what was stored; if an erasure changes one meanwhile they are read again.
 *
 * <p>Every {@code Uni} fails with {@link
 * com.faultmaven.common.repository.StorageUnavailableException} when the database or the bucket is
 * away.
 */
@ApplicationScoped
public class LogArchive {
  private static final int ATTEMPTS = 3;
  private static final int MOST_OBJECTS = 1000;

  private final LogNotes notes;
  private final LogObjects objects;
  private final StorageBackend storage;
  private final String service;
  private final int objectsPerPage;

  /** Wires the bean. */
  @Inject
  public LogArchive(
      Transactions transactions,
      StorageBackend storage,
      AuditSettings settings,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.notes = new LogNotes(transactions);
    this.objects = new LogObjects(storage);
    this.storage = storage;
    this.service = service;
    this.objectsPerPage = settings.objectsPerPage();
    if (objectsPerPage < 1 || objectsPerPage > MOST_OBJECTS) {
      throw new IllegalStateException(
          "faultmaven.audit.objects-per-page must be from 1 to 1000, not " + objectsPerPage);
    }
  }

  /**
   * What was moved.
   *
   * @param rows how many rows
   * @param bytes size of the object
   */
  public record Moved(int rows, long bytes) {}

  /**
   * Moves the oldest rows from before this time, at most so many, 1 to 10000, and all of one day,
   * into an object.
   */
  public Uni<Moved> moveNext(ArchivedLog log, Instant before, int most) {
    return Uni.createFrom()
        .deferred(() -> notes.next(log, before, most))
        .flatMap(rows -> rows.isEmpty() ? Uni.createFrom().item(new Moved(0, 0)) : move(log, rows))
        .onFailure(LogNotes::isChangedMeanwhile)
        .retry()
        .atMost(ATTEMPTS - 1);
  }

  private Uni<Moved> move(ArchivedLog log, List<LogNotes.LogRow> rows) {
    String key = key(log, rows.getFirst().at());
    return put(log, key, rows.stream().map(LogNotes.LogRow::line).toList())
        .call(stored -> notes.archive(key, rows.stream().map(LogNotes.LogRow::id).toList(), stored))
        .map(stored -> new Moved(rows.size(), stored.bytes()));
  }

  private Uni<CompressedObjects.Stored> put(ArchivedLog log, String key, List<String> lines) {
    return notes.expect(log, key).chain(() -> objects.store(key, lines));
  }

  private String key(ArchivedLog log, Instant day) {
    return "audit/%s/%s/%3$tY/%3$tm/%3$td/%4$s.jsonl.gz"
        .formatted(service, log.table(), LocalDate.ofInstant(day, ZoneOffset.UTC), Ids.next());
  }

  /** Removes rows from before this time for good, at most so many, 1 to 10000; gives how many. */
  public Uni<Integer> forgetRows(ArchivedLog log, Instant before, int most) {
    return notes.forgetRows(log, before, most);
  }

  /** Gives up objects whose rows are all from before this time; gives how many. */
  public Uni<Integer> expire(ArchivedLog log, Instant before) {
    return notes.expire(log, before);
  }

  /** Deletes objects that were given up, at most so many; gives how many. */
  public Uni<Integer> removeObjects(ArchivedLog log, int most) {
    return notes
        .gone(log, most)
        .call(
            keys ->
                Multi.createFrom()
                    .iterable(keys)
                    .onItem()
                    .transformToUniAndConcatenate(storage::delete)
                    .collect()
                    .last())
        .call(notes::forget)
        .map(List::size);
  }

  /**
   * Keys of objects with traces of users who were erased, in their order, at most so many.
   *
   * @param after the last one that this gave; null for the first ones
   */
  public Uni<List<String>> findToErase(ArchivedLog log, @Nullable String after, int most) {
    return notes.findToErase(log, after == null ? "" : after, most);
  }

  /** Puts an object without the traces of users who were erased in the place of this one. */
  public Uni<Void> erase(ArchivedLog log, String key) {
    return notes
        .find(key)
        .flatMap(
            found -> found.isPresent() ? erase(log, found.get()) : Uni.createFrom().voidItem());
  }

  private Uni<Void> erase(ArchivedLog log, LogObject old) {
    String key = key(log, old.first().time());
    return rows(log, old, rows -> rows.map(JsonNode::toString).toList())
        .flatMap(lines -> put(log, key, lines))
        .flatMap(stored -> notes.replace(old, key, stored));
  }

  /**
   * Continues a page of the database with what comes behind it in the archive. Rows that move while
   * somebody reads come once: the archive is asked for what is behind the last row that was found.
   * What is in the archive must be older than what is in the database, so rows bear the time at
   * which they are written.
   *
   * @param found rows of the database that match, the newest first, all or one more than a page
   *     holds
   * @param place where a row is in the log's order
   * @param reading makes a row of one of the archive
   * @return a page; it may hold less than it could and still have a next one
   */
  public <T> Uni<CursorPage<T>> page(
      ArchivedLog log,
      LogQuery query,
      List<T> found,
      Function<T, Cursor> place,
      Function<JsonNode, T> reading) {
    if (found.size() > query.limit()) {
      return Uni.createFrom().item(page(found, query.limit(), place, null));
    }
    Cursor last = found.isEmpty() ? query.after() : place.apply(found.getLast());
    // One more than fits tells that there is a next page.
    return read(log, query.behind(last, query.limit() + 1 - found.size()))
        .map(
            archived -> {
              List<T> rows = new ArrayList<>(found);
              archived.rows().forEach(row -> rows.add(reading.apply(row)));
              return page(rows, query.limit(), place, archived.next());
            });
  }

  private static <T> CursorPage<T> page(
      List<T> rows, int limit, Function<T, Cursor> place, @Nullable Cursor next) {
    if (rows.size() > limit) {
      List<T> items = rows.subList(0, limit);
      return new CursorPage<>(items, place.apply(items.getLast()).encode());
    }
    return new CursorPage<>(rows, next == null ? null : next.encode());
  }

  /** Rows, and where to go on when there are objects that were not read. */
  private record Found(List<JsonNode> rows, @Nullable Cursor next) {}

  private Uni<Found> read(ArchivedLog log, LogQuery query) {
    return Uni.createFrom()
        .deferred(() -> notes.find(log, query, objectsPerPage + 1))
        .flatMap(newest -> read(log, query, newest, 0, List.of()))
        // Between the note and the object it may have been replaced: then there is another note.
        .onFailure(ObjectGoneException.class)
        .retry()
        .atMost(ATTEMPTS - 1);
  }

  private Uni<Found> read(
      ArchivedLog log, LogQuery query, List<LogObject> newest, int at, List<JsonNode> before) {
    if (at == newest.size() || before.size() >= query.limit()) {
      return Uni.createFrom().item(new Found(before, null));
    }
    if (at == objectsPerPage) {
      return Uni.createFrom().item(new Found(before, newest.get(at - 1).first()));
    }
    return rows(log, newest.get(at), rows -> matching(log, query, rows))
        .flatMap(
            rows -> {
              List<JsonNode> found = new ArrayList<>(before);
              rows.stream().limit(query.limit() - found.size()).forEach(found::add);
              return read(log, query, newest, at + 1, found);
            });
  }

  /** The newest that are asked for, the newest first. */
  private static List<ObjectNode> matching(
      ArchivedLog log, LogQuery query, Stream<ObjectNode> rows) {
    return rows.filter(row -> query.takes(log, row)).toList().reversed().stream()
        .limit(query.limit())
        .toList();
  }

  /** What is made of an object's rows, without the traces of users who were erased since. */
  private <T> Uni<T> rows(
      ArchivedLog log, LogObject object, Function<Stream<ObjectNode>, T> reading) {
    return objects
        .read(object, rows -> reading.apply(rows.map(row -> log.without(row, object.erased()))))
        .map(found -> found.orElseThrow(() -> new ObjectGoneException(object.key())));
  }

  /** There is a note, and no object. */
  private static final class ObjectGoneException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ObjectGoneException(String key) {
      super("no object " + key);
    }
  }
}
