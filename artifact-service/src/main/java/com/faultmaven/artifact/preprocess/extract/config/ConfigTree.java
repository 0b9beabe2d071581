package com.faultmaven.artifact.preprocess.extract.config;

import com.faultmaven.artifact.preprocess.extract.config.ConfigNode.Mapping;
import com.faultmaven.artifact.preprocess.extract.config.ConfigNode.Scalar;
import com.faultmaven.artifact.preprocess.extract.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A configuration as it was read.
 *
 * @param format name of its format
 * @param settings its values by path, in the order of the file
 * @param documents how many documents it holds
 * @param problems what is wrong with it: syntax, repeated keys, values beyond the bounds
 */
record ConfigTree(
    String format, Map<String, Setting> settings, int documents, List<String> problems) {
  private static final List<String> IDENTITIES = List.of("name", "id", "key", "host");

  /** Takes the values out of the documents that were read. */
  static ConfigTree of(String format, TreeBuilder built, List<String> problems) {
    Map<String, Setting> settings = new LinkedHashMap<>();
    List<ConfigNode> documents = built.documents();
    Set<String> prefixes = new HashSet<>();
    for (int i = 0; i < documents.size(); i++) {
      String prefix = documents.size() == 1 ? "" : prefix(documents.get(i), i);
      if (!prefix.isEmpty() && !prefixes.add(prefix)) {
        prefix = prefix + "#" + (i + 1);
      }
      boolean secret = isKubernetesSecret(documents.get(i));
      flatten(documents.get(i), prefix, secret, settings);
    }
    List<String> all = new ArrayList<>(problems);
    all.addAll(built.remarks());
    built.duplicates().stream()
        .distinct()
        .limit(10)
        .forEach(key -> all.add("key stands twice, the later value counts: " + key));
    if (built.skipped() > 0 || built.full()) {
      all.add("values beyond the bounds of size or depth are left out");
    }
    return new ConfigTree(format, settings, documents.size(), all);
  }

  // Deployment/web says more than a number, and stays when documents change places.
  private static String prefix(ConfigNode document, int index) {
    if (document instanceof Mapping mapping
        && mapping.values().get("kind") instanceof Scalar kind
        && mapping.values().get("metadata") instanceof Mapping metadata
        && metadata.values().get("name") instanceof Scalar name) {
      return kind.value() + "/" + name.value();
    }
    return "document " + (index + 1);
  }

  private static boolean isKubernetesSecret(ConfigNode document) {
    return document instanceof Mapping mapping
        && mapping.values().get("kind") instanceof Scalar kind
        && kind.value().equals("Secret");
  }

  private static void flatten(
      ConfigNode node, String path, boolean secret, Map<String, Setting> into) {
    switch (node) {
      case Scalar scalar -> put(path, scalar.value(), secret, into);
      case Mapping mapping -> {
        if (mapping.values().isEmpty()) {
          put(path, "{}", false, into);
        }
        mapping.values().forEach((name, value) -> flatten(value, step(path, name), secret, into));
      }
      case Sequence sequence -> {
        if (sequence.values().isEmpty()) {
          put(path, "[]", false, into);
        }
        List<String> names = names(sequence);
        for (int i = 0; i < names.size(); i++) {
          flatten(sequence.values().get(i), path + "[" + names.get(i) + "]", secret, into);
        }
      }
    }
  }

  private static String step(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static void put(String path, String value, boolean secret, Map<String, Setting> into) {
    boolean data =
        secret
            && (path.contains(".data.")
                || path.contains(".stringData.")
                || path.startsWith("data.")
                || path.startsWith("stringData."));
    into.put(path, new Setting(path, value, data || SecretKeys.isSecret(path, value)));
  }

  // Elements that name themselves are found again when others are added before them.
  private static List<String> names(Sequence sequence) {
    for (String identity : IDENTITIES) {
      List<String> names = new ArrayList<>();
      for (ConfigNode value : sequence.values()) {
        if (value instanceof Mapping mapping
            && mapping.values().get(identity) instanceof Scalar name
            && name.value().length() <= 80) {
          names.add(name.value());
        }
      }
      if (names.size() == sequence.values().size() && new HashSet<>(names).size() == names.size()) {
        return names;
      }
    }
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < sequence.values().size(); i++) {
      numbers.add(String.valueOf(i));
    }
    return numbers;
  }
}
