package com.faultmaven.artifact.preprocess.extract.config;

import com.faultmaven.artifact.preprocess.text.Lines;
import java.util.ArrayList;
import java.util.List;

/**
 * Blocks in braces, read as text: HCL ({@code resource "a" "b" { key = value }}) and directives as
 * nginx has them ({@code listen 80;}).
 */
final class BlockConfig implements ConfigReader {
  private static final int MAX_LINE = 20_000;

  @Override
  public void read(String text, TreeBuilder into) throws ConfigSyntaxException {
    Lines lines = new Lines(text);
    List<String> path = new ArrayList<>();
    List<Integer> repeats = new ArrayList<>();
    int wrong = 0;
    for (int i = 0; i < lines.count() && !into.full(); i++) {
      String line = withoutRemark(lines.line(i, MAX_LINE)).strip();
      int heredoc = line.indexOf("<<");
      if (heredoc > 0 && line.indexOf('=') > 0 && line.indexOf('=') < heredoc) {
        i = heredoc(lines, i, line, path, into);
      } else if (line.endsWith("{") && !isAssignedObject(line)) {
        path.add(block(line, repeats.size()));
        repeats.add(1);
      } else if (line.startsWith("}")) {
        wrong += path.isEmpty() ? 1 : 0;
        if (!path.isEmpty()) {
          path.removeLast();
        }
      } else if (!line.isEmpty()) {
        i = statement(lines, i, line, path, into);
      }
    }
    if (wrong > 0 || !path.isEmpty()) {
      throw new ConfigSyntaxException("braces do not match");
    }
  }

  private static String withoutRemark(String line) {
    String text = line.strip();
    return text.startsWith("#") || text.startsWith("//") ? "" : text;
  }

  private static boolean isAssignedObject(String line) {
    int equals = line.indexOf('=');
    return equals > 0 && line.substring(equals + 1).strip().equals("{");
  }

  // Blocks of the same name are told apart by their place.
  private static String block(String line, int place) {
    String head = line.substring(0, line.length() - 1).strip().replace("\"", "");
    String name = head.replaceAll(" +", "/");
    return name.isEmpty() ? "block" : name.indexOf('/') >= 0 ? name : name + "#" + place;
  }

  private static int statement(
      Lines lines, int at, String line, List<String> path, TreeBuilder into) {
    int equals = line.indexOf('=');
    int space = line.indexOf(' ');
    boolean directive = line.endsWith(";") && space > 0 && (equals < 0 || space < equals);
    int end = directive ? space : equals;
    if (end <= 0) {
      return at;
    }
    StringBuilder value = new StringBuilder(line.substring(end + 1).strip());
    int last = at;
    int depth = depth(value.toString());
    while (depth > 0 && last + 1 < lines.count() && value.length() < MAX_LINE) {
      String next = withoutRemark(lines.line(++last, MAX_LINE));
      value.append(' ').append(next);
      depth += depth(next);
    }
    String text = value.toString();
    text = directive && text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    put(path, line.substring(0, end).strip(), text, into);
    return last;
  }

  private static int heredoc(
      Lines lines, int at, String line, List<String> path, TreeBuilder into) {
    int equals = line.indexOf('=');
    String mark = line.substring(line.indexOf("<<") + 2).replace("-", "").strip();
    StringBuilder value = new StringBuilder();
    int last = at;
    while (last + 1 < lines.count() && value.length() < MAX_LINE) {
      String next = lines.line(++last, MAX_LINE);
      if (next.strip().equals(mark)) {
        break;
      }
      value.append(next).append('\n');
    }
    put(path, line.substring(0, equals).strip(), value.toString(), into);
    return last;
  }

  private static void put(List<String> path, String key, String value, TreeBuilder into) {
    List<String> full = new ArrayList<>(path);
    full.add(key);
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    into.put(full, quoted ? value.substring(1, value.length() - 1) : value);
  }

  private static int depth(String text) {
    int depth = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"';
      if (!quoted) {
        depth += c == '{' || c == '[' || c == '(' ? 1 : 0;
        depth -= c == '}' || c == ']' || c == ')' ? 1 : 0;
      }
    }
    return depth;
  }
}
