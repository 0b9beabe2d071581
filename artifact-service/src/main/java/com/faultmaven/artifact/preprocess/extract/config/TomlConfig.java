package com.faultmaven.artifact.preprocess.extract.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** TOML: tables, arrays of tables, dotted keys, strings of all four kinds, arrays. */
final class TomlConfig implements ConfigReader {

  @Override
  public void read(String text, TreeBuilder into) throws ConfigSyntaxException {
    new Cursor(text, into).all();
  }

  private static final class Cursor {
    private final String text;
    private final TreeBuilder into;
    private final Map<String, Integer> tables = new HashMap<>();
    private int at;
    private int line = 1;
    private List<String> table = List.of();

    Cursor(String text, TreeBuilder into) {
      this.text = text;
      this.into = into;
    }

    void all() throws ConfigSyntaxException {
      skip(true);
      while (at < text.length() && !into.full()) {
        if (text.charAt(at) == '[') {
          header();
        } else {
          List<String> path = new ArrayList<>(table);
          path.addAll(key());
          expect('=');
          skip(false);
          value(path);
        }
        skip(false);
        if (at < text.length() && text.charAt(at) != '\n') {
          throw wrong("the line should end");
        }
        skip(true);
      }
    }

    private void header() throws ConfigSyntaxException {
      boolean array = text.startsWith("[[", at);
      at += array ? 2 : 1;
      List<String> name = key();
      expect(']');
      if (array) {
        expect(']');
        int index = tables.merge(String.join(".", name), 1, Integer::sum) - 1;
        name.set(name.size() - 1, name.getLast() + "[" + index + "]");
      }
      table = name;
    }

    private List<String> key() throws ConfigSyntaxException {
      List<String> parts = new ArrayList<>();
      do {
        skip(false);
        char c = at < text.length() ? text.charAt(at) : ' ';
        if (c == '"' || c == '\'') {
          parts.add(string());
        } else {
          int start = at;
          while (at < text.length() && isBare(text.charAt(at))) {
            at++;
          }
          if (start == at) {
            throw wrong("a key should be here");
          }
          parts.add(text.substring(start, at));
        }
        skip(false);
      } while (at < text.length() && text.charAt(at) == '.' && at++ >= 0);
      return parts;
    }

    private void value(List<String> path) throws ConfigSyntaxException {
      char c = at < text.length() ? text.charAt(at) : ' ';
      if (c == '"' || c == '\'') {
        into.put(path, string());
      } else if (c == '[' || c == '{') {
        into.put(path, nested());
      } else {
        int start = at;
        while (at < text.length() && "\n#".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        into.put(path, text.substring(start, at).strip());
      }
    }

    // Arrays and inline tables are shown as they are written.
    private String nested() throws ConfigSyntaxException {
      int start = at;
      int depth = 0;
      do {
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
          string();
          continue;
        }
        if (c == '#') {
          comment();
          continue;
        }
        depth += c == '[' || c == '{' ? 1 : 0;
        depth -= c == ']' || c == '}' ? 1 : 0;
        line += c == '\n' ? 1 : 0;
        at++;
      } while (depth > 0 && at < text.length());
      if (depth > 0) {
        throw wrong("a bracket is not closed");
      }
      return text.substring(start, at);
    }

    private String string() throws ConfigSyntaxException {
      char quote = text.charAt(at);
      String triple = String.valueOf(quote).repeat(3);
      boolean multiline = text.startsWith(triple, at);
      String end = multiline ? triple : String.valueOf(quote);
      int start = at + end.length();
      int from = start;
      while (from < text.length() && !text.startsWith(end, from)) {
        char c = text.charAt(from);
        if (c == '\n' && !multiline) {
          break;
        }
        line += c == '\n' ? 1 : 0;
        from += c == '\\' && quote == '"' ? 2 : 1;
      }
      if (from >= text.length() || !text.startsWith(end, from)) {
        throw wrong("a string is not closed");
      }
      at = from + end.length();
      return text.substring(start, from);
    }

    private void expect(char c) throws ConfigSyntaxException {
      skip(false);
      if (at >= text.length() || text.charAt(at) != c) {
        throw wrong("'" + c + "' should be here");
      }
      at++;
    }

    private void skip(boolean lines) {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '#') {
          comment();
        } else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
          line += c == '\n' ? 1 : 0;
          at++;
        } else {
          return;
        }
      }
    }

    private void comment() {
      while (at < text.length() && text.charAt(at) != '\n') {
        at++;
      }
    }

    private static boolean isBare(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private ConfigSyntaxException wrong(String what) {
      return new ConfigSyntaxException("TOML breaks off at line " + line + ": " + what);
    }
  }
}
