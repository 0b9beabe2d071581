package com.faultmaven.artifact.preprocess.extract.config;

import java.util.ArrayList;
import java.util.List;

/**
 * What changed between two versions of a configuration.
 *
 * @param changes one a line: {@code + path = value}, {@code - path = value}, {@code ~ path: old →
 *     new}; secrets are masked
 * @param added how many values are new
 * @param removed how many values are gone
 * @param changed how many values are others
 */
record ConfigDifference(List<String> changes, int added, int removed, int changed) {

  /** Compares an earlier version with a later one. */
  static ConfigDifference between(ConfigTree before, ConfigTree after) {
    List<String> modified = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<String> added = new ArrayList<>();
    for (Setting old : before.settings().values()) {
      Setting now = after.settings().get(old.path());
      if (now == null) {
        removed.add("- " + old.path() + " = " + old.shown());
      } else if (!now.value().equals(old.value())) {
        boolean secret = old.secret() || now.secret();
        String values =
            secret ? "secret changed " + Setting.MASK : old.shown() + " → " + now.shown();
        modified.add("~ " + old.path() + ": " + values);
      }
    }
    for (Setting now : after.settings().values()) {
      if (!before.settings().containsKey(now.path())) {
        added.add("+ " + now.path() + " = " + now.shown());
      }
    }
    List<String> changes = new ArrayList<>(modified);
    changes.addAll(removed);
    changes.addAll(added);
    return new ConfigDifference(changes, added.size(), removed.size(), modified.size());
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }
}
