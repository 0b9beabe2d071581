package com.faultmaven.artifact.preprocess.extract.code;

import com.faultmaven.artifact.preprocess.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the types, functions and imports of a source. */
final class Outline {
  private static final int LINE = 600;
  private static final int MAX_PARTS = 2_000;
  private static final int MAX_BLOCK = 200_000;
  private static final int MAX_SIGNATURE = 2_000;

  private static final Set<String> NO_FUNCTIONS =
      Set.of(
          "if",
          "for",
          "while",
          "switch",
          "catch",
          "return",
          "new",
          "else",
          "throw",
          "do",
          "synchronized",
          "sizeof",
          "using",
          "lock",
          "await",
          "yield",
          "case",
          "try",
          "super",
          "this",
          "foreach",
          "function",
          "typeof",
          "delete",
          "assert",
          "when",
          "with");
  private static final Pattern TYPE =
      Pattern.compile(
          "^\\s*(?:(?:@\\w{1,60}|public|private|protected|static|final|abstract|sealed|non-sealed"
              + "|export|default|data|open|internal|partial|declare|strictfp) {1,4}){0,6}"
              + "(class|interface|enum|record|@interface|namespace|object|type|struct) {1,4}([A-Za-z_]\\w{0,100})");
  private static final Pattern C_LIKE =
      Pattern.compile(
          "^\\s*(?:[\\w@<>\\[\\],.?:&*~]{1,120}\\s{1,8}){1,10}[*&]?(~?[A-Za-z_][\\w:~]{0,120}) ?\\(");
  private static final Pattern SCRIPT_FUNCTION =
      Pattern.compile("\\bfunction\\s{0,4}\\*?\\s{0,4}([A-Za-z_$][\\w$]{0,100}) ?\\(");
  private static final Pattern SCRIPT_ARROW =
      Pattern.compile(
          "\\b(?:const|let|var) ([A-Za-z_$][\\w$]{0,100})[^=]{0,100}= ?(?:async )?(?:\\([^)]{0,300}\\)[^=]{0,60}|[\\w$]{1,60}) ?=>");
  private static final Pattern SCRIPT_METHOD =
      Pattern.compile(
          "^\\s+(?:(?:async|static|get|set|public|private|protected|readonly) ){0,4}([A-Za-z_$#][\\w$]{0,100}) ?\\([^;]*$");
  private static final Pattern PYTHON =
      Pattern.compile("^\\s*(?:async )?(def|class) ([A-Za-z_]\\w{0,100})");
  private static final Pattern GO =
      Pattern.compile(
          "^(func|type) (?:\\([^)]{0,100}\\) ?)?([A-Za-z_]\\w{0,100})(?: (struct|interface))?");
  private static final Pattern RUST =
      Pattern.compile(
          "^\\s*(?:(?:pub(?:\\([a-z]{1,10}\\))?|async|const|unsafe|extern) {1,4}){0,4}(fn|struct|enum|trait|impl|mod)\\b(?:<[^>]{0,80}>)? ?([A-Za-z_][\\w<>: ,']{0,100})?");
  private static final Pattern KOTLIN =
      Pattern.compile("^\\s*(?:\\w{1,20} ){0,5}fun (?:<[^>]{0,80}> )?([\\w.]{1,100}) ?\\(");
  private static final Pattern SQL =
      Pattern.compile(
          "^\\s*create (?:or replace )?(?:temp(?:orary)? |unique |materialized ){0,2}"
              + "(table|view|index|function|procedure|trigger|type|schema)(?: if not exists)? ([\\w.\"`\\[\\]]{1,120})",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SHELL =
      Pattern.compile(
          "^\\s*(?:function ([A-Za-z_][\\w-]{0,100})|([A-Za-z_][\\w-]{0,100}) ?\\(\\))");
  private static final Pattern IMPORT =
      Pattern.compile(
          "^\\s*(?:import (?:static )?[\\w.*{}, /@$-]{1,200}.{0,200}|from [\\w.]{1,100} import .{1,200}"
              + "|#include .{1,100}|use [\\w:{}, *]{1,200};|using [\\w.]{1,100};"
              + "|(?:const|let|var) .{1,100}= require\\(.{1,100}|source \\S{1,100}|\\. \\S{1,100}"
              + "|extern crate \\w{1,60};|package [\\w.]{1,100};?)");

  private final Language language;
  private final String code;
  private final Lines lines;
  private final List<Part> parts = new ArrayList<>();
  private final List<String> imports = new ArrayList<>();
  private final int[] offsets;

  private Outline(Language language, String code, Lines lines, Lines source) {
    this.language = language;
    this.code = code;
    this.lines = lines;
    offsets = new int[lines.count() + 1];
    for (int i = 0; i < lines.count(); i++) {
      offsets[i + 1] = i + 1 < lines.count() ? lines.start(i + 1) : code.length();
    }
    find(source);
  }

  /** Finds the parts of a source whose comments and strings are blanked out in {@code lexed}. */
  static Outline of(Lexed lexed, Lines source, Language language) {
    return new Outline(language, lexed.code(), new Lines(lexed.code()), source);
  }

  List<Part> parts() {
    return parts;
  }

  List<String> imports() {
    return imports;
  }

  /** The innermost function around a line, or null. */
  @Nullable Part functionAt(int line) {
    Part innermost = null;
    for (Part part : parts) {
      boolean closer =
          innermost == null || part.to() - part.from() <= innermost.to() - innermost.from();
      if (part.holds(line) && part.isFunction() && closer) {
        innermost = part;
      }
    }
    return innermost;
  }

  private void find(Lines source) {
    boolean inGoImport = false;
    for (int i = 0; i < lines.count() && parts.size() < MAX_PARTS; i++) {
      String line = lines.line(i, LINE);
      if (!line.isBlank()) {
        String trimmed = line.strip();
        inGoImport = trimmed.startsWith("import (") || (inGoImport && !trimmed.startsWith(")"));
        if (inGoImport && trimmed.startsWith("\"")) {
          imports.add(source.line(i, 200).strip());
        } else if (IMPORT.matcher(line).find() && language != Language.SQL) {
          imports.add(source.line(i, 200).strip());
        } else {
          part(i, line);
        }
      }
    }
  }

  private void part(int line, String text) {
    switch (language) {
      case PYTHON -> {
        Matcher found = PYTHON.matcher(text);
        if (found.find()) {
          String kind = found.group(1).equals("def") ? "function" : "class";
          parts.add(new Part(kind, found.group(2), line, endByIndent(line)));
        }
      }
      case GO -> named(GO.matcher(text), line);
      case RUST -> named(RUST.matcher(text), line);
      case SQL -> {
        Matcher found = SQL.matcher(text);
        if (found.find()) {
          String kind = found.group(1).toLowerCase(Locale.ROOT);
          parts.add(new Part(kind, found.group(2), line, endOfStatement(line)));
        }
      }
      case SHELL -> {
        Matcher found = SHELL.matcher(text);
        if (found.find()) {
          String name = found.group(1) == null ? found.group(2) : found.group(1);
          parts.add(new Part("function", name, line, endOfBlock(line)));
        }
      }
      default -> inBraces(line, text);
    }
  }

  private void named(Matcher found, int line) {
    if (found.find()) {
      String keyword = found.group(1);
      boolean function = keyword.equals("func") || keyword.equals("fn");
      String name = found.group(2) == null ? keyword : found.group(2).strip();
      parts.add(new Part(function ? "function" : keyword, name, line, endOfBlock(line)));
    }
  }

  private void inBraces(int line, String text) {
    Matcher type = TYPE.matcher(text);
    if (type.find()) {
      parts.add(new Part(type.group(1), type.group(2), line, endOfBlock(line)));
      return;
    }
    if (language == Language.KOTLIN) {
      function(KOTLIN.matcher(text), line);
    } else if (language.isScript()) {
      boolean found =
          function(SCRIPT_FUNCTION.matcher(text), line)
              || function(SCRIPT_ARROW.matcher(text), line);
      if (!found && text.strip().endsWith("{")) {
        function(SCRIPT_METHOD.matcher(text), line);
      }
    } else if (language.declaresLikeC()) {
      Matcher found = C_LIKE.matcher(text);
      boolean plain =
          found.find() && !startsWithKeyword(text) && opensBlock(offsets(line) + found.end() - 1);
      if (plain) {
        function(C_LIKE.matcher(text), line);
      }
    }
  }

  private int offsets(int line) {
    return line == 0 ? 0 : offsets[line];
  }

  private static boolean startsWithKeyword(String text) {
    String first = text.strip();
    int end = 0;
    while (end < first.length() && Character.isLetter(first.charAt(end))) {
      end++;
    }
    return NO_FUNCTIONS.contains(first.substring(0, end));
  }

  private boolean function(Matcher found, int line) {
    if (!found.find() || NO_FUNCTIONS.contains(found.group(1))) {
      return false;
    }
    parts.add(new Part("function", found.group(1), line, endOfBlock(line)));
    return true;
  }

  // Whether the parameters that begin here are followed by a block: a declaration has none.
  private boolean opensBlock(int parenthesis) {
    int depth = 0;
    int limit = Math.min(code.length(), parenthesis + MAX_SIGNATURE);
    for (int i = parenthesis; i < limit; i++) {
      char c = code.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0 && c == '{') {
        return true;
      }
      if (depth == 0 && (c == ';' || c == '=' || c == '}')) {
        return false;
      }
    }
    return false;
  }

  private int endOfBlock(int line) {
    int depth = 0;
    boolean opened = false;
    int start = offsets(line);
    int limit = Math.min(code.length(), start + MAX_BLOCK);
    for (int i = start; i < limit; i++) {
      char c = code.charAt(i);
      if (c == '{') {
        depth++;
        opened = true;
      } else if (c == '}') {
        depth--;
      } else if (c == ';' && !opened) {
        return lineOf(i, line);
      }
      if (opened && depth <= 0) {
        return lineOf(i, line);
      }
    }
    return opened ? lineOf(limit - 1, line) : line;
  }

  private int lineOf(int offset, int from) {
    int line = from;
    while (line + 1 < lines.count() && offsets[line + 1] <= offset) {
      line++;
    }
    return line;
  }

  private int endOfStatement(int line) {
    int end = code.indexOf(';', offsets(line));
    return end < 0 ? lines.count() - 1 : lineOf(end, line);
  }

  private int endByIndent(int line) {
    int own = indent(lines.line(line, LINE));
    int end = line;
    for (int i = line + 1; i < lines.count(); i++) {
      String text = lines.line(i, LINE);
      if (!text.isBlank()) {
        if (indent(text) <= own && !text.strip().startsWith(")")) {
          return end;
        }
        end = i;
      }
    }
    return end;
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && Character.isWhitespace(line.charAt(indent))) {
      indent++;
    }
    return indent;
  }
}
