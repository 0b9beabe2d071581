package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CaseTables.CASES;

import com.faultmaven.common.db.Rows;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.repository.CaseQuery;
import com.faultmaven.common.repository.Limits;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The cases' own rows, under their optimistic lock, with their tags. */
final class CaseRows {
  private static final String TAGS =
      """
      (SELECT coalesce(json_agg(tag ORDER BY tag), '[]') FROM case_tags
       WHERE case_tags.case_id = cases.case_id)
      """;

  /** A header: the collections that it does not bring are empty. */
  static final String HEADER =
      """
      concat(%s, ',"tags":', %s, ',"evidence":[],"hypotheses":[],"solutions":[],"messages":[],\
      "uploaded_files":[],"status_transitions":[],"tool_calls":[]}')
      """
          .formatted(CASES.openObject(Table.SECONDS, column -> true), TAGS);

  private static final String SELECT = "SELECT " + HEADER + " FROM cases";

  /** Locks the case's row against other writers, not against new rows around it. */
  private static final String LOCK = "SELECT FROM cases WHERE case_id = ? FOR NO KEY UPDATE";

  private final Connections connections;
  private final ChildRows<Case> rows;
  private final ChildRows<StatusTransition> transitions;
  private final TagRows tags;

  CaseRows(Connections connections, TagRows tags) {
    this.connections = connections;
    this.tags = tags;
    rows = new ChildRows<>(connections, CASES, Case::caseId);
    transitions = new ChildRows<>(connections, CaseTables.TRANSITIONS, StatusTransition::caseId);
  }

  Uni<Optional<Case>> get(String caseId) {
    return rows.first(byId(caseId));
  }

  /** The stored header, which nobody else changes before the end of the transaction. */
  Uni<Optional<Case>> lock(SqlConnection connection, String caseId) {
    // Two statements, since one that waits for the lock sees the tags of before. The second is sent
    // without waiting: the server keeps their order, and the first failure counts.
    return Uni.combine()
        .all()
        .unis(
            new Statement(LOCK, caseId).run(connection), byId(caseId).first(connection, Case.class))
        .with((locked, found) -> found);
  }

  Uni<Integer> insert(SqlConnection connection, Case header) {
    return rows.write(connection, CASES.insert(), List.of(header));
  }

  Uni<Integer> replace(SqlConnection connection, Case header) {
    return rows.replace(connection, header.caseId(), List.of(header));
  }

  Uni<Optional<Case>> update(
      String caseId, @Nullable Long expectedVersion, UnaryOperator<Case> change) {
    return connections.transaction(
        connection ->
            lock(connection, caseId)
                .chain(
                    found ->
                        found.isEmpty()
                            ? Uni.createFrom().item(found)
                            : write(
                                    connection,
                                    found.get(),
                                    changed(found.get(), expectedVersion, change))
                                .map(Optional::of)));
  }

  private Uni<Case> write(SqlConnection connection, Case stored, Case next) {
    return replace(connection, next)
        .chain(() -> tags.change(connection, next.caseId(), stored.tags(), next.tags()))
        .replaceWith(next);
  }

  Uni<Optional<Case>> changeStatus(
      String caseId, @Nullable Long expectedVersion, StatusChange change) {
    return connections.transaction(
        connection ->
            lock(connection, caseId)
                .map(found -> found.map(stored -> next(stored, expectedVersion, change)))
                .call(
                    next ->
                        next.isEmpty()
                            ? Uni.createFrom().voidItem()
                            : Uni.combine()
                                .all()
                                .unis(
                                    replace(connection, next.get()),
                                    transitions.write(
                                        connection,
                                        CaseTables.TRANSITIONS.insert(),
                                        next.get().statusTransitions()))
                                .discardItems())
                .map(next -> next.map(Case::header)));
  }

  Uni<Boolean> delete(String caseId) {
    return connections.writing(
        connection ->
            new Statement("SELECT erase_cases(?)", (Object) new String[] {caseId})
                .run(connection)
                .map(erased -> erased.iterator().next().getLong(0) > 0));
  }

  Uni<List<Case>> listActive(String userId) {
    Statement statement =
        new Statement(
            SELECT
                + """
                 WHERE user_id = ? AND status IN ('consulting', 'investigating')
                AND archived_at IS NULL
                """,
            userId);
    statement.page("created_at", "case_id", true, null, Limits.MAX - 1);
    return connections.searching(connection -> statement.all(connection, Case.class));
  }

  Uni<List<Case>> find(CaseQuery query) {
    Statement statement = listed(query);
    return connections.searching(connection -> statement.all(connection, Case.class));
  }

  private static Statement listed(CaseQuery query) {
    String time = query.order() == CaseQuery.Order.CREATED ? "created_at" : "updated_at";
    Statement statement = new Statement(SELECT + " WHERE true");
    narrow(statement, query.userId(), query.statuses(), query.tag());
    if (query.since() != null) {
      statement.add("AND " + time + " >= ?", Rows.utc(query.since()));
    }
    return statement.page(time, "case_id", query.newestFirst(), query.after(), query.limit());
  }

  /** Appends the conditions that lists and searches share. */
  static void narrow(
      Statement statement,
      @Nullable String userId,
      Collection<CaseStatus> statuses,
      @Nullable String tag) {
    statement.addIf(userId, "AND cases.user_id = ?");
    if (!statuses.isEmpty()) {
      statement.add("AND cases.status = ANY (?)", (Object) names(statuses));
    }
    // From the user's cases to their tags; without a user from the tag to its cases.
    statement.addIf(
        tag,
        userId == null
            ? "AND cases.case_id = ANY (ARRAY(SELECT case_id FROM case_tags WHERE tag = ?))"
            : """
              AND EXISTS (SELECT FROM case_tags
                          WHERE case_tags.case_id = cases.case_id AND case_tags.tag = ?)
              """);
  }

  /** Wire names, as a parameter of type text[]. */
  static String[] names(Collection<? extends WireName> values) {
    return values.stream().map(WireName::wireName).sorted().toArray(String[]::new);
  }

  private static Statement byId(String caseId) {
    return new Statement(SELECT + " WHERE case_id = ?", caseId);
  }

  private static Case changed(
      Case stored, @Nullable Long expectedVersion, UnaryOperator<Case> change) {
    Refusals.checkVersion(stored, expectedVersion);
    Case changed = change.apply(stored);
    Refusals.requireSame(stored, changed);
    return changed.header().toBuilder().version(stored.version() + 1).build();
  }

  private static Case next(Case stored, @Nullable Long expectedVersion, StatusChange change) {
    Refusals.checkVersion(stored, expectedVersion);
    return stored.withStatus(change).toBuilder().version(stored.version() + 1).build();
  }
}
