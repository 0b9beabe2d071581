package com.faultmaven.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes work that can be repeated of statements that a service has run once: the ids that it was
 * asked for become others at each run, and the ids that it made are made anew.
 */
final class Replay {
  /** Stands for an id that the service has made: a number that was never used. */
  private static final String FRESH = "fresh";

  /** Stands for the case that a request is about. */
  private static final String CASE = "case_id";

  private static final BareWork.Range FRESH_IDS = new BareWork.Range(1, 3_000_000_000_000_000_000L);
  private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");
  private static final Pattern LITERAL = Pattern.compile("'(?:[^']|'')*+'");

  /** What pgbench would take for one of its names, also within quotes. */
  private static final Pattern NAME_IN_LITERAL = Pattern.compile(":(?=[A-Za-z0-9_])");

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  private final String prefix;
  private final String kept;
  private final String askedFor;
  private final String variable;
  private final Map<String, BareWork.Range> ranges;
  private final Pattern ids;

  private Replay(
      String prefix,
      String kept,
      String askedFor,
      String variable,
      Map<String, BareWork.Range> ranges,
      String ids) {
    this.prefix = prefix;
    this.kept = kept;
    this.askedFor = askedFor;
    this.variable = variable;
    this.ranges = ranges;
    this.ids = Pattern.compile(ids);
  }

  /**
   * For a request that names nothing.
   *
   * @param prefix of the names of its values, in small letters
   * @param kept the UUID that stays as it is: whoever asked
   */
  static Replay of(String prefix, String kept) {
    return new Replay(prefix, kept, "", "", Map.of(FRESH, FRESH_IDS), UUID);
  }

  /**
   * For a request that names a case.
   *
   * @param kept the UUID that stays as it is: whoever asked
   * @param caseId the id that it named
   * @param others the ids that may take its place
   */
  static Replay of(String kept, String caseId, BareWork.Range others) {
    return new Replay(
        "value",
        kept,
        caseId,
        CASE,
        Map.of(CASE, others, FRESH, FRESH_IDS),
        Pattern.quote(caseId) + "|" + UUID);
  }

  /** The statements, in this order, planned once. */
  BareWork of(List<LoggedStatement> statements) {
    Map<String, String> values = new HashMap<>();
    List<NamedSql> named = new ArrayList<>();
    for (LoggedStatement statement : statements) {
      named.add(named(statement, values));
    }
    Map<String, BareWork.Range> used = new HashMap<>();
    for (NamedSql sql : named) {
      for (String name : sql.names()) {
        BareWork.Range range = ranges.get(name);
        if (range != null) {
          used.put(name, range);
        }
      }
    }
    return new BareWork(named, values, used, BareWork.Plans.ONE);
  }

  private NamedSql named(LoggedStatement statement, Map<String, String> values) {
    String text = COMMENT.matcher(statement.text()).replaceAll("");
    text = LITERAL.matcher(text).replaceAll(literal -> Matcher.quoteReplacement(hidden(literal)));
    return new NamedSql(
        PARAMETER
            .matcher(text)
            .replaceAll(
                parameter -> {
                  int index = Integer.parseInt(parameter.group(1)) - 1;
                  String value = statement.values().get(index);
                  return Matcher.quoteReplacement(expression(value, values));
                }));
  }

  /** The same literal without a colon that could be taken for the beginning of a name. */
  private static String hidden(MatchResult literal) {
    String text = literal.group();
    return NAME_IN_LITERAL.matcher(text).find()
        ? "E" + NAME_IN_LITERAL.matcher(text.replace("\\", "\\\\")).replaceAll("\\\\x3A")
        : text;
  }

  private String expression(@Nullable String value, Map<String, String> values) {
    if (value == null) {
      return "NULL";
    }
    List<String> parts = new ArrayList<>();
    Matcher id = ids.matcher(value);
    int begin = 0;
    while (id.find()) {
      if (!id.group().equals(kept)) {
        addConstant(value.substring(begin, id.start()), parts, values);
        parts.add(":" + (id.group().equals(askedFor) ? variable : FRESH));
        begin = id.end();
      }
    }
    if (begin == 0) {
      return value.isEmpty() ? "''" : constant(value, values);
    }
    addConstant(value.substring(begin), parts, values);
    return parts.size() == 1
        ? parts.getFirst()
        : "(" + String.join("::text || ", parts) + "::text)";
  }

  private void addConstant(String text, List<String> parts, Map<String, String> values) {
    if (!text.isEmpty()) {
      parts.add(constant(text, values));
    }
  }

  private String constant(String value, Map<String, String> values) {
    String name = prefix + "_" + values.size();
    values.put(name, value);
    return ":" + name;
  }
}
