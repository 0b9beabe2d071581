package com.faultmaven.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement with named values, as pgbench writes them ({@code :user}), that JDBC can run too.
 *
 * @param text one statement without the semicolon
 */
record NamedSql(String text) {
  private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_][a-z0-9_]*)");

  /** With question marks. */
  String forJdbc() {
    return NAME.matcher(text).replaceAll("?");
  }

  /** The names that stand for the question marks. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}
