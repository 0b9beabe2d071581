package com.faultmaven.artifact.preprocess.extract.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a configuration, whatever its format. */
sealed interface ConfigNode {
  /** A single value, as it is written. */
  record Scalar(String value) implements ConfigNode {}

  /** Values by name, in the order of the file. */
  record Mapping(Map<String, ConfigNode> values) implements ConfigNode {
    Mapping() {
      this(new LinkedHashMap<>());
    }
  }

  /** Values in order. */
  record Sequence(List<ConfigNode> values) implements ConfigNode {
    Sequence() {
      this(new ArrayList<>());
    }
  }
}
