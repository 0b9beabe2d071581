package com.faultmaven.artifact.preprocess.extract.code;

import com.faultmaven.artifact.preprocess.text.Lines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds patterns in code that often are behind an incident. */
final class RiskyPatterns {
  private static final int LINE = 600;
  private static final int MAX_FOUND = 200;
  private static final int MAX_LOOP = 3_000;
  private static final int MAX_LOOPS = 1_000;

  private static final Pattern CATCH =
      Pattern.compile("\\bcatch\\s{0,4}(?:\\([^)]{0,200}\\))?\\s{0,4}\\{([\\s;]{0,400})\\}");
  private static final Pattern PYTHON_EXCEPT =
      Pattern.compile("^\\s*except\\b.{0,200}:\\s*(pass|\\.\\.\\.|continue)?\\s*$");
  private static final Pattern BARE_EXCEPT = Pattern.compile("^\\s*except\\s*:");
  private static final Pattern GO_IGNORED =
      Pattern.compile("^\\s*(?:_ ?= ?\\w[\\w.]{0,80}\\(|\\w{1,40}, ?_ ?:?= ?\\w[\\w.]{0,80}\\()");
  private static final Pattern UNWRAP = Pattern.compile("\\.unwrap\\(\\)");
  private static final Pattern ENDLESS =
      Pattern.compile(
          "\\bwhile ?\\( ?(?:true|1) ?\\)|\\bfor ?\\( ?;; ?\\)|^[ \\t]*while True:|^[ \\t]*while (?:true|:);|^[ \\t]*for \\{|\\bloop \\{",
          Pattern.MULTILINE);
  private static final Pattern RETRIES =
      Pattern.compile("(?i)retr|attempt|catch|except|sleep|reconnect");
  private static final Pattern BOUNDED =
      Pattern.compile(
          "(?i)\\bbreak\\b|\\breturn\\b|max_?(?:retr|attempt|tries)|\\bthrow\\b|\\braise\\b|exit\\b");
  private static final Pattern NO_TIMEOUT =
      Pattern.compile(
          "\\brequests\\.(?:get|post|put|delete|patch|head|request)\\(|\\burlopen\\(|HttpClient\\.newHttpClient\\(\\)"
              + "|\\.openConnection\\(\\)|\\bhttp\\.(?:Get|Post|Head)\\(|\\bhttp\\.Client\\{\\}|\\baxios\\.(?:get|post|put|delete)\\("
              + "|\\bfetch\\(|\\bnew Socket\\(|\\bsocket\\.create_connection\\(|^\\s*(?:\\w{1,40}=\\$\\()?curl |\\bnew RestTemplate\\(\\)");
  private static final Pattern TIMEOUT =
      Pattern.compile("(?i)timeout|max-time|signal|deadline|connect-timeout");
  private static final Pattern SQL_TEXT =
      Pattern.compile(
          "(?i)[\"'`](?:\\s{0,20})(?:select\\b.{1,300}\\bfrom\\b|insert into\\b|update\\b.{1,200}\\bset\\b|delete from\\b)");
  private static final Pattern SQL_BUILT =
      Pattern.compile(
          "[\"'] ?\\+ ?[\\w(]|\\+=? ?[\"']|\\.format\\(|[\"'] ?% ?[\\w(]|\\$\\{|\\bf[\"'].{0,400}\\{|Sprintf\\(|String\\.format\\(|\\.formatted\\(|\\|\\| ?\\w");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)\\b\\w{0,40}(?:password|passwd|secret|api_?key|access_?key|private_?key|auth_?token|access_?token)\\w{0,30}"
              + "[\"']?\\s{0,4}(?::=|[:=])\\s{0,4}[\"'`]([^\"'`\\s$<{]{4,200})[\"'`]");
  private static final Pattern TODO = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
  private static final Pattern C_UNSAFE =
      Pattern.compile("\\b(?:strcpy|strcat|gets|sprintf|vsprintf|alloca)\\s?\\(");
  private static final Pattern EVALUATED =
      Pattern.compile(
          "\\beval\\s?\\(|\\bexec\\(|os\\.system\\(|shell ?= ?True|Runtime\\.getRuntime\\(\\)\\.exec|child_process|pickle\\.loads\\(|yaml\\.load\\((?!.{0,200}Safe)");
  private static final Pattern SHELL_REMOVE =
      Pattern.compile("\\brm -[a-zA-Z]{0,6}r[a-zA-Z]{0,6} [^\"'|;]{0,100}\\$|\\|\\| true\\b");
  private static final Pattern CHANGES =
      Pattern.compile("^(?i:delete\\s{1,20}from|update)\\s{1,20}[\\w.\"`]{1,100}");
  private static final Pattern WHERE = Pattern.compile("(?i)\\b(?:where|join|using)\\b");
  private static final Pattern DROPS =
      Pattern.compile("^(?i:drop\\s{1,20}(?:table|database|schema)|truncate)\\b");

  private final Language language;
  private final Lines source;
  private final Lexed lexed;
  private final Lines code;
  private final List<Risk> found = new ArrayList<>();

  /**
   * A risky place.
   *
   * @param line its line, from 0
   * @param weight how bad it is, greater is worse
   * @param what what it is
   */
  record Risk(int line, int weight, String what) {}

  private RiskyPatterns(Language language, Lines source, Lexed lexed) {
    this.language = language;
    this.source = source;
    this.lexed = lexed;
    code = new Lines(lexed.code());
  }

  /** The risky places of a source, worst first. */
  static List<Risk> of(Language language, Lines source, Lexed lexed) {
    RiskyPatterns patterns = new RiskyPatterns(language, source, lexed);
    patterns.swallowed();
    patterns.endless();
    patterns.lines();
    patterns.comments();
    patterns.found.sort(
        Comparator.comparingInt(Risk::weight).reversed().thenComparingInt(Risk::line));
    return patterns.found;
  }

  private void add(int line, int weight, String what) {
    if (found.size() < MAX_FOUND) {
      found.add(new Risk(line, weight, what));
    }
  }

  private void swallowed() {
    if (!language.hasBraces()) {
      return;
    }
    Matcher caught = CATCH.matcher(lexed.code());
    while (caught.find() && found.size() < MAX_FOUND) {
      add(lineOf(caught.start()), 90, "swallowed exception");
    }
  }

  private void endless() {
    Matcher loop = ENDLESS.matcher(lexed.code());
    for (int seen = 0; seen < MAX_LOOPS && loop.find(); seen++) {
      int end = Math.min(lexed.code().length(), loop.start() + MAX_LOOP);
      String body = lexed.code().substring(loop.start(), blockEnd(loop.start(), end));
      if (RETRIES.matcher(body).find() && !BOUNDED.matcher(body).find()) {
        add(lineOf(loop.start() + 1), 80, "unbounded retry: a loop without an end");
      }
    }
  }

  private int blockEnd(int from, int limit) {
    if (!language.hasBraces()) {
      return limit;
    }
    int depth = 0;
    for (int i = from; i < limit; i++) {
      char c = lexed.code().charAt(i);
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == '}' && depth <= 0) {
        return i + 1;
      }
    }
    return limit;
  }

  private void lines() {
    for (int i = 0; i < code.count() && found.size() < MAX_FOUND; i++) {
      String line = code.line(i, LINE);
      if (!line.isBlank()) {
        String raw = source.line(i, LINE);
        secrets(i, raw);
        queries(i, raw);
        calls(i, line);
        byLanguage(i, line);
      }
    }
    if (language == Language.SQL) {
      statements();
    }
  }

  private void statements() {
    String text = lexed.code();
    int start = 0;
    for (int end = text.indexOf(';');
        end >= 0 && found.size() < MAX_FOUND;
        end = text.indexOf(';', start)) {
      String statement = text.substring(start, Math.min(end, start + MAX_LOOP)).strip();
      boolean whole = CHANGES.matcher(statement).find() && !WHERE.matcher(statement).find();
      if (whole || DROPS.matcher(statement).find()) {
        add(lineOf(end), 75, "changes or drops everything");
      }
      start = end + 1;
    }
  }

  /** A line with the value of a hard-coded secret masked. */
  static String withoutSecret(String line) {
    Matcher secret = SECRET.matcher(line.length() > LINE ? line.substring(0, LINE) : line);
    return secret.find()
        ? line.substring(0, secret.start(1)) + "[MASKED]" + line.substring(secret.end(1))
        : line;
  }

  private void secrets(int line, String raw) {
    Matcher secret = SECRET.matcher(raw);
    if (secret.find() || raw.contains("PRIVATE KEY-----")) {
      add(line, 100, "hard-coded secret");
    }
  }

  private void queries(int line, String raw) {
    if (language != Language.SQL && SQL_TEXT.matcher(raw).find() && SQL_BUILT.matcher(raw).find()) {
      add(line, 95, "SQL built from strings");
    }
  }

  private void calls(int line, String text) {
    if (NO_TIMEOUT.matcher(text).find() && !TIMEOUT.matcher(following(line)).find()) {
      add(line, 70, "call without a timeout");
    }
    if (EVALUATED.matcher(text).find()) {
      add(line, 60, "runs text as code or command");
    }
  }

  // Arguments often stand on the lines after the call.
  private String following(int line) {
    StringBuilder text = new StringBuilder();
    for (int i = line; i < Math.min(code.count(), line + 6); i++) {
      text.append(source.line(i, LINE)).append('\n');
      if (code.line(i, LINE).strip().endsWith(";") && i > line) {
        break;
      }
    }
    return text.toString();
  }

  private void byLanguage(int line, String text) {
    switch (language) {
      case PYTHON -> python(line, text);
      case GO -> {
        if (GO_IGNORED.matcher(text).find()) {
          add(line, 65, "ignored error");
        }
      }
      case RUST -> {
        if (UNWRAP.matcher(text).find()) {
          add(line, 50, "panics on failure: unwrap");
        }
      }
      case C, CPP -> {
        if (C_UNSAFE.matcher(text).find()) {
          add(line, 85, "writes without a bound");
        }
      }
      case SHELL -> {
        if (SHELL_REMOVE.matcher(text).find()) {
          add(
              line,
              75,
              text.contains("|| true")
                  ? "ignored failure"
                  : "removes what an unset variable names");
        }
      }
      default -> {
        // The patterns of all languages say enough.
      }
    }
  }

  private void python(int line, String text) {
    Matcher except = PYTHON_EXCEPT.matcher(text);
    boolean swallowed = except.find();
    if (swallowed && except.group(1) == null) {
      String next = line + 1 < code.count() ? code.line(line + 1, LINE).strip() : "";
      swallowed = next.equals("pass") || next.equals("...") || next.equals("continue");
    }
    if (swallowed) {
      add(line, 90, "swallowed exception");
    } else if (BARE_EXCEPT.matcher(text).find()) {
      add(line, 55, "catches everything");
    }
  }

  private void comments() {
    for (Lexed.Comment comment : lexed.comments()) {
      Matcher todo = TODO.matcher(comment.text());
      if (todo.find()) {
        int line = lineOf(comment.offset() + todo.start());
        add(line, 20, todo.group(1).toUpperCase(Locale.ROOT));
      }
    }
  }

  private int lineOf(int offset) {
    int low = 0;
    int high = code.count() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (code.start(middle) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
