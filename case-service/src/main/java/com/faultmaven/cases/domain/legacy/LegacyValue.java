package com.faultmaven.cases.domain.legacy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a key of the previous layout holds, as Redis gives it. */
public sealed interface LegacyValue {
  /** A string: one JSON text. */
  record Text(String text) implements LegacyValue {}

  /** A list: JSON texts in their order. */
  record Items(List<String> items) implements LegacyValue {
    public Items {
      items = List.copyOf(items);
    }
  }

  /** A hash: plain or JSON texts by field, in the order in which Redis gave them. */
  record Fields(Map<String, String> fields) implements LegacyValue {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }
  }
}
