package com.faultmaven.cases.domain.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.model.WireName;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One row of the previous layout on its way into the model: each call takes a field, checks it and
 * puts it into the row's new form, or notes what is wrong.
 */
final class LegacyRow {
  private final ObjectNode given;
  private final String path;
  private final Flaws flaws;
  private final ObjectNode made = LegacyJson.NODES.objectNode();
  private final Set<String> taken = new HashSet<>();

  /**
   * A row.
   *
   * @param path what stands before the names of its fields, for example {@code evidence[0].}
   */
  LegacyRow(ObjectNode given, String path, Flaws flaws) {
    this.given = given;
    this.path = path;
    this.flaws = flaws;
  }

  /** The row's new form. */
  ObjectNode made() {
    return made;
  }

  /** Notes what is wrong with a field. */
  void flaw(String name, String reason) {
    flaws.add(path + name, reason);
  }

  /** Takes a field: empty when it is absent, null, or an empty text. */
  Optional<JsonNode> take(String name) {
    taken.add(name);
    JsonNode value = given.path(name);
    boolean empty =
        value.isMissingNode()
            || value.isNull()
            || (value.isTextual() && value.textValue().isBlank());
    return empty ? Optional.empty() : Optional.of(value);
  }

  /** Whether a field that is no plain text has a value, right or wrong. */
  boolean isGiven(String name) {
    return value(name).isPresent();
  }

  /** As {@link #take}, for what is no plain text: there the word null is no value either. */
  private Optional<JsonNode> value(String name) {
    return take(name).filter(node -> !isNullText(node));
  }

  /** A text; null when there is none or it is wrong. */
  @Nullable String text(String name, int max, boolean required) {
    Optional<JsonNode> value = take(name);
    if (value.isEmpty()) {
      if (required) {
        flaw(name, "is missing or blank");
      }
      return null;
    }
    if (!value.get().isTextual()) {
      flaw(name, "must be a text");
      return null;
    }
    String text = value.get().textValue();
    if (text.length() > max) {
      flaw(name, "must be at most " + max + " characters");
      return null;
    }
    if (!LegacyTexts.isStorable(text)) {
      flaw(name, "must be well-formed Unicode without NUL");
      return null;
    }
    made.put(name, text);
    return text;
  }

  /** An id, a text or a whole number; null when there is none or it is wrong. */
  @Nullable String id(String name, boolean required) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      if (required) {
        flaw(name, "is missing or blank");
      }
      return null;
    }
    String text = value.get().asText();
    if (!(value.get().isTextual() || value.get().isIntegralNumber()) || !LegacyTexts.isId(text)) {
      flaw(
          name,
          "must be an id of at most "
              + LegacyLimits.ID
              + " characters without white space and slashes");
      return null;
    }
    made.put(name, text);
    return text;
  }

  /** One of the values of an enum, however its letters are cased; null when there is none. */
  <E extends Enum<E> & WireName> @Nullable E one(
      String name, Class<E> type, @Nullable E otherwise) {
    Optional<JsonNode> value = value(name);
    E found = otherwise;
    if (value.isPresent()) {
      String spelled = value.get().asText().strip().toLowerCase(Locale.ROOT).replace('-', '_');
      found = WireName.parse(type, spelled).orElse(null);
      if (found == null) {
        flaw(name, "must be one of " + WireName.names(type));
      }
    }
    if (found != null) {
      made.put(name, found.wireName());
    }
    return found;
  }

  /** As {@link #one} for a field that must be there. */
  <E extends Enum<E> & WireName> @Nullable E requiredOne(String name, Class<E> type) {
    if (value(name).isEmpty()) {
      flaw(name, "is missing; one of " + WireName.names(type));
      return null;
    }
    return one(name, type, null);
  }

  /** A time; what is to be taken when there is none; null when it is wrong or there is neither. */
  @Nullable Instant time(String name, @Nullable Instant otherwise) {
    Optional<JsonNode> value = value(name);
    Instant time = otherwise;
    if (value.isPresent()) {
      time = LegacyTimes.parse(value.get()).orElse(null);
      if (time == null) {
        flaw(
            name,
            "must be an RFC 3339 time or seconds or milliseconds since 1970, of the years 2000 to"
                + " 2099");
      }
    }
    if (time != null) {
      made.put(name, time.toString());
    }
    return time;
  }

  /** As {@link #time} for a field that must be there. */
  @Nullable Instant requiredTime(String name) {
    if (value(name).isEmpty()) {
      flaw(name, "is missing");
      return null;
    }
    return time(name, null);
  }

  /** A JSON object or array, as such or as text; null when there is none or it is wrong. */
  @Nullable JsonNode json(String name) {
    JsonNode value = structure(name).orElse(null);
    if (value == null) {
      return null;
    }
    if (!LegacyTexts.isStorable(value)) {
      flaw(name, "must not hold NUL, broken Unicode or numbers beyond 1e308");
      return null;
    }
    if (value.toString().length() > LegacyLimits.JSON) {
      flaw(name, "must be at most " + LegacyLimits.JSON + " characters of JSON");
      return null;
    }
    made.set(name, value);
    return value;
  }

  /** Takes an object or array that may be written as JSON text; empty when there is none. */
  Optional<JsonNode> structure(String name) {
    JsonNode value = value(name).orElse(null);
    if (value == null) {
      return Optional.empty();
    }
    JsonNode parsed = value.isTextual() ? LegacyJson.parse(value.textValue()).orElse(null) : value;
    if (parsed == null || !parsed.isContainerNode()) {
      flaw(name, "must be a JSON object or array that names no field twice");
      return Optional.empty();
    }
    return Optional.of(parsed);
  }

  /** Texts, in their order; an empty list when there are none. */
  void texts(String name, int most, int max) {
    ArrayNode texts = made.putArray(name);
    JsonNode value = structure(name).orElse(null);
    if (value == null) {
      return;
    }
    if (!value.isArray() || value.size() > most) {
      flaw(name, "must be an array of at most " + most + " texts");
      return;
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode text = value.get(i);
      if (!text.isTextual()
          || text.textValue().isBlank()
          || text.textValue().length() > max
          || !LegacyTexts.isStorable(text.textValue())) {
        flaw(name + "[" + i + "]", "must be a text of 1 to " + max + " characters, not blank");
      } else {
        texts.add(text.textValue());
      }
    }
  }

  /** Notes every field with a value that nobody has taken. */
  void nothingElse() {
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      if (!taken.contains(field.getKey()) && !field.getValue().isNull()) {
        flaw(shown(field.getKey()), "is no field of the previous layout");
      }
    }
  }

  private static String shown(String name) {
    String clean = name.replaceAll("[^\\p{Alnum}_.:-]", "?");
    return clean.length() > LegacyLimits.ID ? clean.substring(0, LegacyLimits.ID) + "…" : clean;
  }

  /** A hash cannot hold null, so that its writers wrote the word. */
  private static boolean isNullText(JsonNode node) {
    return node.isTextual() && node.textValue().strip().equals("null");
  }
}
