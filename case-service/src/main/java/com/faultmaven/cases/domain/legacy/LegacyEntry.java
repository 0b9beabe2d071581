package com.faultmaven.cases.domain.legacy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All keys of one case, as they were read.
 *
 * @param key the case's own key, for example {@code case:42}
 * @param value what it holds
 * @param parts what {@code {key}:evidence} and its like hold, by the last part of their names
 */
public record LegacyEntry(String key, LegacyValue value, Map<String, LegacyValue> parts) {
  /** Collections that may be in keys of their own; {@code {key}:messages} is one. */
  public static final List<String> PARTS =
      List.of(
          "evidence",
          "hypotheses",
          "solutions",
          "messages",
          "uploaded_files",
          "status_transitions",
          "tool_calls");

  public LegacyEntry {
    parts = Collections.unmodifiableMap(new TreeMap<>(parts));
  }

  /** The id that the key names: what follows its last colon. */
  public String idOfKey() {
    return key.substring(key.lastIndexOf(':') + 1);
  }
}
