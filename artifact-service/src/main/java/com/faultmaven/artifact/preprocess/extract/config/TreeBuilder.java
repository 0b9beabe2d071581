package com.faultmaven.artifact.preprocess.extract.config;

import com.faultmaven.artifact.preprocess.extract.config.ConfigNode.Mapping;
import com.faultmaven.artifact.preprocess.extract.config.ConfigNode.Scalar;
import com.faultmaven.artifact.preprocess.extract.config.ConfigNode.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the trees of a configuration's documents within bounds of size and depth. */
final class TreeBuilder {
  private final int maxNodes;
  private final int maxDepth;
  private final List<ConfigNode> documents = new ArrayList<>();
  private final List<String> duplicates = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Deque<ConfigNode> open = new ArrayDeque<>();
  private @Nullable String name;
  private int nodes;
  private int skipped;
  private int tooDeep;

  TreeBuilder(int maxNodes, int maxDepth) {
    this.maxNodes = maxNodes;
    this.maxDepth = maxDepth;
  }

  List<ConfigNode> documents() {
    return documents;
  }

  /** Keys that stand twice in the same mapping. */
  List<String> duplicates() {
    return duplicates;
  }

  /** Values that were left out because of the bounds. */
  int skipped() {
    return skipped;
  }

  /** Notes something that a reader should know of how the text was read. */
  void remark(String text) {
    remarks.add(text);
  }

  /** What was noted. */
  List<String> remarks() {
    return remarks;
  }

  /** Whether no further value will be taken, so that reading on is of no use. */
  boolean full() {
    return nodes >= maxNodes;
  }

  /** Names the next value of the open mapping. */
  void key(String key) {
    name = key;
  }

  void scalar(String value) {
    add(new Scalar(value));
  }

  void startMapping() {
    start(new Mapping());
  }

  void startSequence() {
    start(new Sequence());
  }

  void end() {
    if (tooDeep > 0) {
      tooDeep--;
    } else if (!open.isEmpty()) {
      open.pop();
      name = null;
    }
  }

  /** Closes what is open; the next value is a document of its own. */
  void endDocument() {
    open.clear();
    tooDeep = 0;
    name = null;
  }

  /** Sets a value by path in the current document, a mapping; repeated keys become a sequence. */
  void put(List<String> path, String value) {
    if (documents.isEmpty() && open.isEmpty()) {
      startMapping();
    }
    Mapping mapping = root();
    int depth = Math.min(path.size(), maxDepth);
    for (String step : path.subList(0, depth - 1)) {
      ConfigNode next = mapping.values().computeIfAbsent(step, key -> new Mapping());
      if (next instanceof Sequence list && !list.values().isEmpty()) {
        next = list.values().getLast();
      }
      if (next instanceof Mapping inner) {
        mapping = inner;
      } else {
        // A value and a section of the same name: the section wins, as later values do.
        Mapping section = new Mapping();
        mapping.values().put(step, section);
        mapping = section;
      }
    }
    if (full()) {
      skipped++;
      return;
    }
    nodes++;
    String key = path.get(depth - 1);
    if (mapping.values().put(key, new Scalar(value)) != null) {
      duplicates.add(String.join(".", path));
    }
  }

  private Mapping root() {
    ConfigNode root = documents.getLast();
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    Mapping fresh = new Mapping();
    documents.add(fresh);
    return fresh;
  }

  private void start(ConfigNode node) {
    if (tooDeep > 0 || open.size() >= maxDepth) {
      tooDeep++;
      skipped++;
      return;
    }
    add(node);
    open.push(node);
  }

  private void add(ConfigNode node) {
    if (full() || tooDeep > 0) {
      skipped++;
      name = null;
      return;
    }
    nodes++;
    ConfigNode parent = open.peek();
    if (parent instanceof Mapping mapping) {
      String key = name == null ? "?" : name;
      if (mapping.values().put(key, node) != null) {
        duplicates.add(key);
      }
      name = null;
    } else if (parent instanceof Sequence sequence) {
      sequence.values().add(node);
    } else {
      documents.add(node);
    }
  }
}
