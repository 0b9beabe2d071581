package com.faultmaven.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that the services' components have in the merged document. A name means the same in
 * every service that has it, or it is prefixed with its service; equal text is not enough when the
 * text refers to a component that differs.
 */
final class ComponentNames {
  private static final String PREFIX = "#/components/";

  /** References like {@code #/components/schemas/Page} that mean different things. */
  private final Set<String> ambiguous;

  private ComponentNames(Set<String> ambiguous) {
    this.ambiguous = Set.copyOf(ambiguous);
  }

  /** Compares the components of all documents. */
  static ComponentNames of(Map<Upstream, JsonObject> documents) {
    Map<String, List<JsonObject>> variants = new LinkedHashMap<>();
    for (JsonObject document : documents.values()) {
      forEachComponent(
          document,
          (section, name, value) ->
              variants
                  .computeIfAbsent(reference(section, name), k -> new ArrayList<>())
                  .add(value));
    }
    Set<String> ambiguous = new HashSet<>();
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Map.Entry<String, List<JsonObject>> entry : variants.entrySet()) {
        if (entry.getValue().size() > 1
            && (differ(entry.getValue()) || refersTo(entry.getValue(), ambiguous))) {
          grown |= ambiguous.add(entry.getKey());
        }
      }
    }
    return new ComponentNames(ambiguous);
  }

  /** The name of one service's component in the merged document. */
  String name(Upstream service, String section, String name) {
    return ambiguous.contains(reference(section, name)) ? prefix(service) + name : name;
  }

  /** A copy of a part of one service's document in which references use the merged names. */
  @Nullable Object rewrite(Upstream service, @Nullable Object part) {
    if (part instanceof JsonObject object) {
      JsonObject copy = new JsonObject();
      object.fieldNames().forEach(key -> copy.put(key, rewrite(service, object.getValue(key))));
      return copy;
    }
    if (part instanceof JsonArray array) {
      JsonArray copy = new JsonArray();
      array.forEach(value -> copy.add(rewrite(service, value)));
      return copy;
    }
    if (part instanceof String text && ambiguous.contains(text)) {
      int name = text.lastIndexOf('/') + 1;
      return text.substring(0, name) + prefix(service) + text.substring(name);
    }
    return part;
  }

  /** Visits each component of a document. */
  static void forEachComponent(JsonObject document, Visitor visitor) {
    JsonObject sections = document.getJsonObject("components", new JsonObject());
    for (String section : sections.fieldNames()) {
      if (sections.getValue(section) instanceof JsonObject components) {
        for (String name : components.fieldNames()) {
          if (components.getValue(name) instanceof JsonObject component) {
            visitor.visit(section, name, component);
          }
        }
      }
    }
  }

  private static String reference(String section, String name) {
    return PREFIX + section + "/" + name;
  }

  /** {@code User} for user-service. */
  private static String prefix(Upstream service) {
    String module = service.module();
    return Character.toUpperCase(module.charAt(0)) + module.substring(1, module.indexOf('-'));
  }

  private static boolean differ(List<JsonObject> values) {
    return values.stream().distinct().count() > 1;
  }

  private static boolean refersTo(List<JsonObject> values, Set<String> references) {
    return values.stream()
        .map(JsonObject::encode)
        .anyMatch(text -> references.stream().anyMatch(ref -> text.contains('"' + ref + '"')));
  }

  /** Sees one component. */
  @FunctionalInterface
  interface Visitor {
    void visit(String section, String name, JsonObject value);
  }
}
