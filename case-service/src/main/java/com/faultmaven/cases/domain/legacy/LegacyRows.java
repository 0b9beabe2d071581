package com.faultmaven.cases.domain.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one collection of a case, wherever the previous layout has them. */
final class LegacyRows {
  private final String caseId;
  private final String name;
  private final String idField;
  private final Flaws flaws;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Integer> alike = new HashMap<>();

  /** Rows of the collection, whose ids are in the field. */
  LegacyRows(String caseId, String name, String idField, Flaws flaws) {
    this.caseId = caseId;
    this.name = name;
    this.idField = idField;
    this.flaws = flaws;
  }

  /**
   * The rows in their order.
   *
   * @param inCase what the case's own key has, null for nothing
   * @param ofItsOwn what {@code {key}:name} has, null for nothing
   */
  List<LegacyRow> read(@Nullable JsonNode inCase, @Nullable LegacyValue ofItsOwn) {
    if (inCase != null && !inCase.isEmpty() && ofItsOwn != null) {
      flaws.add(name, "is both in the case and in a key of its own");
      return List.of();
    }
    List<LegacyRow> rows = new ArrayList<>();
    JsonNode all = ofItsOwn == null ? inCase : own(ofItsOwn);
    if (all == null) {
      return rows;
    }
    if (all.size() > LegacyLimits.ROWS) {
      flaws.add(name, "has more than " + LegacyLimits.ROWS + " rows");
      return rows;
    }
    if (all.isObject()) {
      all.properties().forEach(row -> add(rows, row.getValue(), row.getKey()));
    } else {
      all.forEach(row -> add(rows, row, null));
    }
    return rows;
  }

  private @Nullable JsonNode own(LegacyValue value) {
    return switch (value) {
      case LegacyValue.Text text -> {
        JsonNode parsed = LegacyJson.parse(text.text()).orElse(LegacyJson.NODES.nullNode());
        if (!parsed.isContainerNode()) {
          flaws.add(name, "must be a JSON array, or an object of rows by id");
          yield null;
        }
        yield parsed;
      }
      case LegacyValue.Items items -> {
        var array = LegacyJson.NODES.arrayNode(items.items().size());
        items.items().forEach(item -> array.add(row(item)));
        yield array;
      }
      case LegacyValue.Fields fields -> {
        ObjectNode object = LegacyJson.NODES.objectNode();
        fields.fields().forEach((id, item) -> object.set(id, row(item)));
        yield object;
      }
    };
  }

  private static JsonNode row(String text) {
    return LegacyJson.parse(text).orElse(LegacyJson.NODES.nullNode());
  }

  private void add(List<LegacyRow> rows, JsonNode given, @Nullable String id) {
    String at = name + "[" + rows.size() + "]";
    // Kept in the list also when it is wrong, so that the places of the others are right.
    ObjectNode object = given instanceof ObjectNode fields ? fields : LegacyJson.NODES.objectNode();
    LegacyRow row = new LegacyRow(object, at + ".", flaws);
    rows.add(row);
    if (object != given) {
      flaws.add(at, "must be a JSON object that names no field twice");
      return;
    }
    identify(row, object, id);
    row.take("case_id")
        .filter(owner -> !owner.asText().equals(caseId))
        .ifPresent(owner -> row.flaw("case_id", "is another case"));
    row.made().put("case_id", caseId);
  }

  private void identify(LegacyRow row, ObjectNode object, @Nullable String key) {
    String own = row.id(idField, false);
    if (key != null && own != null && !own.equals(key)) {
      row.flaw(idField, "is not the id under which the row is kept");
    }
    String id = own;
    if (id == null && key != null) {
      id = key;
      if (!LegacyTexts.isId(key)) {
        row.flaw(idField, "the name under which the row is kept is no id");
      }
    }
    if (id == null) {
      id = named(object);
    }
    row.made().put(idField, id);
    if (!ids.add(id)) {
      row.flaw(idField, "is the id of two rows");
    }
  }

  /** Made of what the row says, so that another import makes the same one. */
  private String named(ObjectNode object) {
    String content = LegacyJson.canonical(object).toString();
    int copy = alike.merge(content, 1, Integer::sum);
    return LegacyTexts.idOf(caseId + "\n" + name + "\n" + copy + "\n" + content);
  }
}
