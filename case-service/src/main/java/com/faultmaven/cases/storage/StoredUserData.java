package com.faultmaven.cases.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.cases.domain.ArchivedCases;
import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.DataAccess;
import com.faultmaven.cases.domain.InDatabase;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.db.DatabaseFailures;
import com.faultmaven.common.db.Rows;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.CaseDeleted;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.logarchive.LogArchive;
import com.faultmaven.common.logarchive.LogQuery;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.userdata.CursorPages;
import com.faultmaven.common.userdata.ExportedFile;
import com.faultmaven.common.userdata.JsonRows;
import com.faultmaven.common.userdata.UserDataErasure;
import com.faultmaven.common.userdata.UserDataExport;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A user's cases with all their rows. What stays is what others have seen of them: the access log
 * names ids alone, and its rows go with their own retention.
 */
@ApplicationScoped
public class StoredUserData implements UserDataErasure, UserDataExport {
  static final String CASE_IDS =
      """
      SELECT case_id FROM cases WHERE user_id = $1 ORDER BY case_id
      """;
  static final String PAGE =
      """
      SELECT case_id AS id, case_id AS json FROM cases
      WHERE user_id = $1 AND case_id > $2 ORDER BY case_id LIMIT $3
      """;
  static final String ACCESSES =
      """
      SELECT log_line(l) AS line FROM data_access_log l
      WHERE owner_id = $1 AND (accessed_at, access_id) < ($2, $3)
      ORDER BY accessed_at DESC, access_id DESC LIMIT $4
      """;
  private static final String ERASE = "SELECT erase_cases($1)";
  private static final int ACCESSES_AT_ONCE = 1000;
  private static final Cursor NEWEST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), "");
  private static final String FORGET_USER = "DELETE FROM users WHERE user_id = $1";

  private final CaseStore store;
  private final ArchivedCases archived;
  private final LogArchive logs;
  private final Transactions transactions;
  private final Outbox outbox;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public StoredUserData(
      @InDatabase CaseStore store,
      ArchivedCases archived,
      LogArchive logs,
      Transactions transactions,
      Outbox outbox,
      Clock clock) {
    this.store = store;
    this.archived = archived;
    this.logs = logs;
    this.transactions = transactions;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public Uni<Map<String, Long>> erase(SqlConnection transaction, String userId, Instant at) {
    return Connections.within(transaction, Scope.SERVICE)
        .transaction(tx -> eraseAll(tx, userId, at));
  }

  private Uni<Map<String, Long>> eraseAll(SqlConnection transaction, String userId, Instant at) {
    return transaction
        .preparedQuery(CASE_IDS)
        .execute(Tuple.of(userId))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> row.getString("case_id"))
                    .toList())
        .flatMap(
            ids ->
                transaction
                    .preparedQuery(ERASE)
                    .execute(Tuple.tuple().addArrayOfString(ids.toArray(String[]::new)))
                    // After it: who holds one of the cases may be about to announce something, too.
                    .call(erased -> announce(transaction, ids, userId, at))
                    .call(erased -> archived.removeObjects(transaction, ids)))
        .map(rows -> Map.of("cases", rows.iterator().next().getLong(0)))
        .call(erased -> transaction.preparedQuery(FORGET_USER).execute(Tuple.of(userId)));
  }

  /** The other services drop what they hold of a case as they do when somebody deletes it. */
  private Uni<Void> announce(
      SqlConnection transaction, List<String> caseIds, String userId, Instant at) {
    return Multi.createFrom()
        .iterable(caseIds)
        .onItem()
        .transformToUniAndConcatenate(
            caseId -> outbox.append(transaction, new CaseDeleted(caseId, userId, at)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  @Override
  public Multi<ExportedFile> files(String userId, String reader) {
    DataAccess access =
        new DataAccess(
            Ids.next(), clock.instant(), reader, Roles.SERVICE, userId, null, "user.export");
    return store
        .recordAccess(access)
        .onItem()
        .transformToMulti(
            recorded ->
                Multi.createFrom()
                    .items(
                        ExportedFile.array("cases.json", cases(userId)),
                        ExportedFile.array(
                            "case-accesses.json",
                            CursorPages.all(after -> accesses(userId, after))
                                .map(StoredJson::write))));
  }

  /** The newest first: those of the database, then those of the archive. */
  private Uni<CursorPage<JsonNode>> accesses(String userId, @Nullable Cursor after) {
    Cursor last = after == null ? NEWEST : after;
    return searched(
            ACCESSES, Tuple.of(userId, Rows.utc(last.time()), last.id(), ACCESSES_AT_ONCE + 1))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> StoredJson.read(row.getString("line"), JsonNode.class))
                    .toList())
        .flatMap(
            found ->
                logs.page(
                    DataAccess.LOG,
                    LogQuery.between(null, null, after, ACCESSES_AT_ONCE).equal("owner_id", userId),
                    found,
                    DataAccess.LOG::place,
                    row -> row));
  }

  private Uni<RowSet<Row>> searched(String sql, Tuple values) {
    return Connections.pooled(transactions, Scope.SERVICE)
        .searching(connection -> connection.preparedQuery(sql).execute(values));
  }

  /** One after the other: a case with all its rows may be large. */
  private Multi<String> cases(String userId) {
    return JsonRows.read(values -> searched(PAGE, values), userId)
        .onItem()
        .transformToUniAndConcatenate(
            caseId ->
                store
                    .document(Scope.SERVICE, caseId)
                    .flatMap(
                        found ->
                            found.isPresent() && found.get().archived()
                                ? archived.read(caseId).map(StoredJson::write)
                                : Uni.createFrom()
                                    .item(found.map(CaseDocument::text).orElse(null))))
        .onFailure()
        .transform(DatabaseFailures::translate);
  }
}
