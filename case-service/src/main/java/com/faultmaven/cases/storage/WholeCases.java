package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CaseTables.CASES;
import static com.faultmaven.cases.storage.CaseTables.EVIDENCE;
import static com.faultmaven.cases.storage.CaseTables.FILES;
import static com.faultmaven.cases.storage.CaseTables.HYPOTHESES;
import static com.faultmaven.cases.storage.CaseTables.MESSAGES;
import static com.faultmaven.cases.storage.CaseTables.SOLUTIONS;
import static com.faultmaven.cases.storage.CaseTables.TOOL_CALLS;
import static com.faultmaven.cases.storage.CaseTables.TRANSITIONS;
import static java.util.Objects.requireNonNull;

import com.faultmaven.cases.domain.CaseCollection;
import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.cases.domain.CaseParts;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.RecentMessage;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.repository.MissingRowException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Cases with all their rows: read in one statement, written in one transaction. */
final class WholeCases {
  /** The newest rows of the conversation: the case's id, how many. */
  private static final String NEWEST_MESSAGES =
      """
      (SELECT * FROM case_messages WHERE case_id = ?
       ORDER BY created_at DESC, message_id DESC LIMIT ?) AS case_messages
      """;

  /** What {@link RecentMessage} shows of a message. */
  private static final Set<String> HISTORY_FIELDS =
      Set.of("message_id", "role", "message_type", "content", "created_at");

  private static final Map<CaseCollection, OrderedTable> COLLECTIONS =
      new EnumMap<>(
          Map.of(
              CaseCollection.EVIDENCE, new OrderedTable(EVIDENCE, "created_at DESC"),
              CaseCollection.HYPOTHESES, new OrderedTable(HYPOTHESES, "created_at ASC"),
              CaseCollection.SOLUTIONS, new OrderedTable(SOLUTIONS, "created_at ASC"),
              CaseCollection.MESSAGES, new OrderedTable(MESSAGES, "created_at ASC"),
              CaseCollection.UPLOADED_FILES, new OrderedTable(FILES, "uploaded_at DESC"),
              CaseCollection.STATUS_TRANSITIONS, new OrderedTable(TRANSITIONS, "triggered_at ASC"),
              CaseCollection.TOOL_CALLS, new OrderedTable(TOOL_CALLS, "called_at DESC")));

  private record OrderedTable(Table<?> table, String order) {
    /** A list of rows as a subquery, so that PostgreSQL joins nothing. */
    String list(String row, String source) {
      String direction = order.substring(order.indexOf(' '));
      return "(SELECT coalesce(json_agg(%s ORDER BY %s, %s), '[]') FROM %s)"
          .formatted(row, order, table.idColumn() + direction, source);
    }
  }

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
    return connections.reading(connection -> whole(caseId).first(connection, Case.class));
  }

  Uni<Optional<CaseDocument>> document(String caseId, CaseParts parts) {
    return connections.reading(
        connection ->
            shown(caseId, parts)
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
                              row.get(Buffer.class, 0)));
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

  /** The statement that reads a case as it is stored. */
  private static Statement whole(String caseId) {
    Statement statement = begin("SELECT ", caseId, Table.MICROSECONDS, column -> true);
    collections(statement, caseId, CaseParts.ALL, Table.MICROSECONDS);
    return statement.add(", '}') FROM cases WHERE case_id = ?", caseId);
  }

  /**
   * The statement of the full load (specification 3.3). The history is the conversation's end, not
   * what the column of that name may hold.
   */
  private static Statement shown(String caseId, CaseParts parts) {
    Statement statement =
        begin(
            "SELECT convert_to(",
            caseId,
            Table.MILLISECONDS,
            column -> !column.equals("conversation_history"));
    if (parts.history()) {
      statement.add(
          field("conversation_history")
              + requireNonNull(COLLECTIONS.get(CaseCollection.MESSAGES))
                  .list(
                      MESSAGES.row(Table.MILLISECONDS, HISTORY_FIELDS::contains), NEWEST_MESSAGES),
          caseId,
          RecentMessage.SHOWN);
    } else {
      statement.add(field("conversation_history") + "'null'");
    }
    collections(statement, caseId, parts, Table.MILLISECONDS);
    return statement.add(
        ", '}'), 'UTF8'), user_id, version, archived_at IS NOT NULL,"
            + " (SELECT epoch FROM case_cache_epoch) FROM cases WHERE case_id = ?",
        caseId);
  }

  private static Statement begin(
      String select, String caseId, String instants, Predicate<String> ownColumns) {
    return new Statement(
        "%sconcat(%s%s%s"
            .formatted(
                select,
                CASES.openObject(instants, ownColumns),
                field("tags"),
                "(SELECT coalesce(json_agg(tag ORDER BY tag), '[]') FROM case_tags"
                    + " WHERE case_id = ?)"),
        caseId);
  }

  /** The name of the field whose value is the next argument of concat. */
  private static String field(String name) {
    return ", ',\"" + name + "\":', ";
  }

  private static void collections(
      Statement statement, String caseId, CaseParts parts, String instants) {
    for (Map.Entry<CaseCollection, OrderedTable> each : COLLECTIONS.entrySet()) {
      CaseCollection collection = each.getKey();
      if (!parts.has(collection)) {
        continue;
      }
      OrderedTable rows = each.getValue();
      String row = rows.table.row(instants);
      Integer last = parts.lastMessages();
      statement.add(field(collection.wireName()));
      if (collection == CaseCollection.MESSAGES && last != null) {
        statement.add(rows.list(row, NEWEST_MESSAGES), caseId, last);
      } else {
        statement.add(rows.list(row, rows.table.name() + " WHERE case_id = ?"), caseId);
      }
    }
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
