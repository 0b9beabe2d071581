package com.faultmaven.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement as PostgreSQL's log tells it.
 *
 * @param text with {@code $1} for the first parameter
 * @param values of its parameters, as texts
 */
record LoggedStatement(String text, List<@Nullable String> values) {
  /** An entry begins with time, process and kind; its further lines begin with a tab. */
  private static final Pattern ENTRY =
      Pattern.compile("^\\S+ \\S+ \\S+ \\[(\\d+)\\] ([A-Z]+): {2}", Pattern.MULTILINE);

  private static final Pattern STATEMENT =
      Pattern.compile("(?:execute [^:]+|statement): (.*)", Pattern.DOTALL);
  private static final Pattern PARAMETERS =
      Pattern.compile("parameters: (.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern VALUE =
      Pattern.compile("\\$\\d+ = (?:NULL|'((?:[^']|'')*+)')(?:, |$)", Pattern.DOTALL);

  /**
   * Reads what {@code log_statement = all} writes; other entries are skipped.
   *
   * @param processes of PostgreSQL whose statements are wanted
   */
  static List<LoggedStatement> read(String log, Set<Long> processes) {
    List<LoggedStatement> statements = new ArrayList<>();
    Matcher entry = ENTRY.matcher(log);
    boolean more = entry.find();
    while (more) {
      long process = Long.parseLong(entry.group(1));
      String kind = entry.group(2);
      int begin = entry.end();
      more = entry.find();
      String body = log.substring(begin, more ? entry.start() : log.length());
      if (processes.contains(process)) {
        add(kind, body.stripTrailing().replace("\n\t", "\n"), statements);
      }
    }
    return statements;
  }

  private static void add(String kind, String body, List<LoggedStatement> statements) {
    Matcher statement = STATEMENT.matcher(body);
    if (kind.equals("LOG") && statement.matches()) {
      statements.add(new LoggedStatement(statement.group(1), List.of()));
      return;
    }
    Matcher parameters = PARAMETERS.matcher(body);
    if (kind.equals("DETAIL") && parameters.matches() && !statements.isEmpty()) {
      String text = statements.removeLast().text();
      statements.add(new LoggedStatement(text, values(parameters.group(1))));
    }
  }

  private static List<@Nullable String> values(String parameters) {
    List<@Nullable String> values = new ArrayList<>();
    Matcher value = VALUE.matcher(parameters);
    while (value.find()) {
      String text = value.group(1);
      values.add(text == null ? null : text.replace("''", "'"));
    }
    return values;
  }
}
