package com.faultmaven.cases.storage;

import static com.faultmaven.cases.storage.CaseTables.CASES;
import static com.faultmaven.cases.storage.CaseTables.EVIDENCE;
import static com.faultmaven.cases.storage.CaseTables.FILES;
import static com.faultmaven.cases.storage.CaseTables.HYPOTHESES;
import static com.faultmaven.cases.storage.CaseTables.MESSAGES;
import static com.faultmaven.cases.storage.CaseTables.SOLUTIONS;
import static com.faultmaven.cases.storage.CaseTables.TOOL_CALLS;
import static com.faultmaven.cases.storage.CaseTables.TRANSITIONS;

import com.faultmaven.cases.domain.ArchivedCases.WholeCase;
import com.faultmaven.cases.domain.CaseCollection;
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
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** All rows of a case, at its id; as they are stored. */
  private static final Map<CaseCollection, String> STORED_ROWS = lists(Table.SECONDS);

  /** The same as they are shown. */
  private static final Map<CaseCollection, String> SHOWN_ROWS = lists(Table.ON_WIRE);

  private static final String SHOWN_NEWEST_MESSAGES =
      list(MESSAGES, "created_at ASC", MESSAGES.row(Table.ON_WIRE), NEWEST_MESSAGES);

  private static final String SHOWN_HISTORY =
      list(
          MESSAGES,
          "created_at ASC",
          MESSAGES.row(Table.ON_WIRE, HISTORY_FIELDS::contains),
          NEWEST_MESSAGES);

  private static final String TAGS =
      "(SELECT coalesce(json_agg(tag ORDER BY tag), '[]') FROM case_tags WHERE case_id = ?)";

  private static final String STORED =
      "SELECT concat(" + CASES.openObject(Table.SECONDS, column -> true) + field("tags") + TAGS;

  private static final String SHOWN =
      "SELECT convert_to(concat("
          + CASES.openObject(Table.ON_WIRE, column -> !column.equals("conversation_history"))
          + field("tags")
          + TAGS;

  private static Map<CaseCollection, String> lists(String instants) {
    Map<CaseCollection, String> lists = new EnumMap<>(CaseCollection.class);
    lists.put(CaseCollection.EVIDENCE, all(EVIDENCE, "created_at DESC", instants));
    lists.put(CaseCollection.HYPOTHESES, all(HYPOTHESES, "created_at ASC", instants));
    lists.put(CaseCollection.SOLUTIONS, all(SOLUTIONS, "created_at ASC", instants));
    lists.put(CaseCollection.MESSAGES, all(MESSAGES, "created_at ASC", instants));
    lists.put(CaseCollection.UPLOADED_FILES, all(FILES, "uploaded_at DESC", instants));
    lists.put(CaseCollection.STATUS_TRANSITIONS, all(TRANSITIONS, "triggered_at ASC", instants));
    lists.put(CaseCollection.TOOL_CALLS, all(TOOL_CALLS, "called_at DESC", instants));
    return lists;
  }

  private static String all(Table<?> table, String order, String instants) {
    return list(table, order, table.row(instants), table.name() + " WHERE case_id = ?");
  }

  /** A list of rows as a subquery, so that PostgreSQL joins nothing. */
  private static String list(Table<?> table, String order, String row, String source) {
    String direction = order.substring(order.indexOf(' '));
    return "(SELECT coalesce(json_agg(%s ORDER BY %s, %s), '[]') FROM %s)"
        .formatted(row, order, table.idColumn() + direction, source);
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
    return connections
        .reading(whole(caseId), json -> StoredJson.read(json, Case.class))
        .map(found -> found.stream().findFirst());
  }

  /** A case as it is stored, which must be there: as bytes that nobody turns into a model. */
  Uni<WholeCase> stored(String caseId) {
    return connections.transaction(
        connection ->
            whole(caseId)
                .within(
                    "SELECT user_id, convert_to((",
                    "), 'UTF8') FROM cases WHERE case_id = ?",
                    caseId)
                .one(connection)
                .map(row -> new WholeCase(caseId, row.getString(0), row.get(Buffer.class, 1))));
  }

  /** How many bytes {@link #stored} gives of a case, which must be there. */
  Uni<Long> size(String caseId) {
    return connections.transaction(
        connection ->
            whole(caseId)
                .within("SELECT octet_length((", "))::bigint")
                .one(connection)
                .map(row -> row.getLong(0)));
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
    Statement statement = new Statement(STORED, caseId);
    STORED_ROWS.forEach(
        (collection, rows) -> statement.add(field(collection.wireName()) + rows, caseId));
    return statement.add(", '}') FROM cases WHERE case_id = ?", caseId);
  }

  /**
   * The statement of the full load (specification 3.3): the JSON text as bytes. The history is the
   * conversation's end, not what the column of that name may hold.
   */
  static Statement shown(String caseId, CaseParts parts) {
    Statement statement = new Statement(SHOWN, caseId);
    if (parts.history()) {
      statement.add(field("conversation_history") + SHOWN_HISTORY, caseId, RecentMessage.SHOWN);
    } else {
      statement.add(field("conversation_history") + "'null'");
    }
    Integer last = parts.lastMessages();
    SHOWN_ROWS.forEach(
        (collection, rows) -> {
          if (!parts.has(collection)) {
            return;
          }
          statement.add(field(collection.wireName()));
          if (collection == CaseCollection.MESSAGES && last != null) {
            statement.add(SHOWN_NEWEST_MESSAGES, caseId, last);
          } else {
            statement.add(rows, caseId);
          }
        });
    return statement.add(", '}'), 'UTF8') FROM cases WHERE case_id = ?", caseId);
  }

  /** The name of the field whose value is the next argument of concat. */
  private static String field(String name) {
    return ", ',\"" + name + "\":', ";
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
