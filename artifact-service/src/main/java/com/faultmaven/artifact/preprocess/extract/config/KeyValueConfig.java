package com.faultmaven.artifact.preprocess.extract.config;

import com.faultmaven.artifact.preprocess.text.Lines;
import java.util.ArrayList;
import java.util.List;

/** Lines of {@code key = value}: INI with its sections, Java properties, and env files. */
final class KeyValueConfig implements ConfigReader {
  private static final int MAX_VALUE = 100_000;

  private final boolean properties;

  /**
   * Takes the dialect.
   *
   * @param properties whether a backslash at the end of a line continues it, and a colon or blank
   *     may stand for the equals sign
   */
  KeyValueConfig(boolean properties) {
    this.properties = properties;
  }

  @Override
  public void read(String text, TreeBuilder into) throws ConfigSyntaxException {
    Lines lines = new Lines(text);
    String section = "";
    int wrong = 0;
    for (int i = 0; i < lines.count() && !into.full(); i++) {
      StringBuilder line = new StringBuilder(lines.line(i, MAX_VALUE).strip());
      while (properties && endsOpen(line) && i + 1 < lines.count() && line.length() < MAX_VALUE) {
        line.setLength(line.length() - 1);
        line.append(lines.line(++i, MAX_VALUE).strip());
      }
      String statement = line.toString();
      if (isSection(statement)) {
        section = statement.substring(1, statement.length() - 1).strip();
      } else if (!isRemark(statement) && !put(statement, section, into)) {
        wrong++;
      }
    }
    if (wrong > lines.count() / 2) {
      throw new ConfigSyntaxException("most lines are no key and value");
    }
  }

  private static boolean endsOpen(StringBuilder line) {
    int slashes = 0;
    while (slashes < line.length() && line.charAt(line.length() - 1 - slashes) == '\\') {
      slashes++;
    }
    return slashes % 2 == 1;
  }

  private static boolean isSection(String line) {
    return line.length() > 2 && line.charAt(0) == '[' && line.charAt(line.length() - 1) == ']';
  }

  private static boolean isRemark(String line) {
    return line.isEmpty() || "#;!".indexOf(line.charAt(0)) >= 0 || line.startsWith("//");
  }

  private boolean put(String line, String section, TreeBuilder into) {
    int end = separator(line);
    if (end <= 0) {
      boolean flag = !properties && !section.isEmpty() && line.indexOf(' ') < 0;
      if (flag) {
        into.put(List.of(section, line), "");
      }
      return flag;
    }
    String key = line.substring(0, end).strip();
    key = key.startsWith("export ") ? key.substring(7).strip() : key;
    List<String> path = new ArrayList<>();
    if (!section.isEmpty()) {
      path.add(section);
    }
    path.add(key);
    into.put(path, unquoted(line.substring(end + 1).strip()));
    return true;
  }

  private int separator(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    boolean byColon = colon > 0 && (equals < 0 || (properties && colon < equals));
    return byColon ? colon : equals;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
