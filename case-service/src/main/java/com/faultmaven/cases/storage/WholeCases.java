package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CaseTables.CASES;
import static com.faultmaven.cases.storage.CaseTables.EVIDENCE;
import static com.faultmaven.cases.storage.CaseTables.FILES;
import static com.faultmaven.cases.storage.CaseTables.HYPOTHESES;
import static com.faultmaven.cases.storage.CaseTables.MESSAGES;
import static com.faultmaven.cases.storage.CaseTables.SOLUTIONS;
import static com.faultmaven.cases.storage.CaseTables.TOOL_CALLS;
import static com.faultmaven.cases.storage.CaseTables.TRANSITIONS;

import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.repository.MissingRowException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Optional;

/** Cases with all their rows: read in one statement, written in one transaction. */
final class WholeCases {
  private final Connections connections;
  private final CaseRows cases;
  private final TagRows tags;
  private final ChildRows<Evidence> evidence;
  private final ChildRows<Hypothesis> hypotheses;
  private final ChildRows<Solution> solutions;
  private final ChildRows<CaseMessage> messages;
  private final ChildRows<StatusTransition> transitions;
  private final ChildRows<ToolCall> toolCalls;

  WholeCases(Connections connections) {
    this.connections = connections;
    tags = new TagRows(connections);
    cases = new CaseRows(connections, tags);
    evidence = new ChildRows<>(connections, EVIDENCE, Evidence::caseId);
    hypotheses = new ChildRows<>(connections, HYPOTHESES, Hypothesis::caseId);
    solutions = new ChildRows<>(connections, SOLUTIONS, Solution::caseId);
    messages = new ChildRows<>(connections, MESSAGES, CaseMessage::caseId);
    transitions = new ChildRows<>(connections, TRANSITIONS, StatusTransition::caseId);
    toolCalls = new ChildRows<>(connections, TOOL_CALLS, ToolCall::caseId);
  }

  Uni<Optional<Case>> get(String caseId) {
    return connections.reading(
        connection -> load(caseId, Table.MICROSECONDS).first(connection, Case.class));
  }

  Uni<Optional<CaseDocument>> document(String caseId) {
    return connections.reading(
        connection ->
            load(caseId, Table.MILLISECONDS)
                .run(connection)
                .map(
                    rows -> {
                      if (rows.size() == 0) {
                        return Optional.<CaseDocument>empty();
                      }
                      Row row = rows.iterator().next();
                      return Optional.of(
                          new CaseDocument(
                              caseId,
                              row.getString(1),
                              row.getLong(2),
                              row.getBoolean(3),
                              row.getLong(4),
                              row.getString(0)));
                    }));
  }

  Uni<Case> save(Case given) {
    requireOwnRows(given);
    Case next = given.toBuilder().version(given.version() + 1).build();
    return connections.transaction(
        connection ->
            (given.version() == 0 ? insert(connection, next) : replace(connection, given, next))
                .chain(() -> tags.replace(connection, next.caseId(), next.tags()))
                .chain(() -> writeRows(connection, next))
                .replaceWith(next));
  }

  /**
   * The statement of the full load (specification 3.3). Each collection is a subquery on the case's
   * id, so that PostgreSQL reads one partition of each table and joins nothing.
   */
  private static Statement load(String caseId, String instants) {
    Statement statement =
        new Statement(
            "SELECT json_build_object(%s, 'tags', %s"
                .formatted(
                    CASES.fields(instants),
                    "(SELECT coalesce(json_agg(tag ORDER BY tag), '[]') FROM case_tags"
                        + " WHERE case_id = ?)"),
            caseId);
    collection(statement, "evidence", EVIDENCE, "created_at DESC", instants, caseId);
    collection(statement, "hypotheses", HYPOTHESES, "created_at ASC", instants, caseId);
    collection(statement, "solutions", SOLUTIONS, "created_at ASC", instants, caseId);
    collection(statement, "messages", MESSAGES, "created_at ASC", instants, caseId);
    collection(statement, "uploaded_files", FILES, "uploaded_at DESC", instants, caseId);
    collection(statement, "status_transitions", TRANSITIONS, "triggered_at ASC", instants, caseId);
    collection(statement, "tool_calls", TOOL_CALLS, "called_at DESC", instants, caseId);
    return statement.add(
        ")::text, user_id, version, archived_at IS NOT NULL,"
            + " (SELECT epoch FROM case_cache_epoch) FROM cases WHERE case_id = ?",
        caseId);
  }

  private static void collection(
      Statement statement,
      String field,
      Table<?> table,
      String order,
      String instants,
      String caseId) {
    String direction = order.substring(order.indexOf(' '));
    statement.add(
        ", '%s', (SELECT coalesce(json_agg(%s ORDER BY %s, %s), '[]') FROM %s WHERE case_id = ?)"
            .formatted(
                field, table.document(instants), order, table.idColumn() + direction, table.name()),
        caseId);
  }

  private Uni<Integer> insert(SqlConnection connection, Case next) {
    return cases.insert(connection, next);
  }

  private Uni<Integer> replace(SqlConnection connection, Case given, Case next) {
    return cases
        .lock(connection, given.caseId())
        .map(found -> found.orElseThrow(() -> new MissingRowException("case", given.caseId())))
        .invoke(
            stored -> {
              Refusals.checkVersion(stored, given.version());
              Refusals.requireSame(stored, given);
            })
        .chain(() -> cases.replace(connection, next));
  }

  /** Hypotheses go before the solutions that point to them. */
  private Uni<Integer> writeRows(SqlConnection connection, Case next) {
    return evidence
        .write(connection, EVIDENCE.upsert(), next.evidence())
        .chain(() -> hypotheses.write(connection, HYPOTHESES.upsert(), next.hypotheses()))
        .chain(() -> solutions.write(connection, SOLUTIONS.upsert(), next.solutions()))
        .chain(() -> messages.write(connection, MESSAGES.upsert(), next.messages()))
        .chain(
            () -> transitions.write(connection, TRANSITIONS.insertNew(), next.statusTransitions()))
        .chain(
            () ->
                toolCalls.write(
                    connection,
                    TOOL_CALLS.upsert() + "AND agent_tool_calls.status = 'pending'",
                    next.toolCalls()));
  }

  /** Inserts the rows of a case that has none, as they were. */
  Uni<Integer> putRowsBack(SqlConnection connection, Case archived) {
    return writeRows(connection, archived);
  }

  private static void requireOwnRows(Case given) {
    String id = given.caseId();
    boolean own =
        given.evidence().stream().allMatch(row -> row.caseId().equals(id))
            && given.hypotheses().stream().allMatch(row -> row.caseId().equals(id))
            && given.solutions().stream().allMatch(row -> row.caseId().equals(id))
            && given.messages().stream().allMatch(row -> row.caseId().equals(id))
            && given.statusTransitions().stream().allMatch(row -> row.caseId().equals(id))
            && given.toolCalls().stream().allMatch(row -> row.caseId().equals(id));
    if (!own) {
      throw new IllegalArgumentException("a case brings rows of another case");
    }
  }
}
