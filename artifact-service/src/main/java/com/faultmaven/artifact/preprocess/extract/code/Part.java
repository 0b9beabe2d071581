package com.faultmaven.artifact.preprocess.extract.code;

/**
 * A type or a function.
 *
 * @param kind such as {@code class} or {@code function}
 * @param name its name
 * @param from first line, from 0
 * @param to last line, from 0
 */
record Part(String kind, String name, int from, int to) {
  boolean holds(int line) {
    return from <= line && line <= to;
  }

  boolean isFunction() {
    return kind.equals("function") || kind.equals("method") || kind.equals("procedure");
  }
}
