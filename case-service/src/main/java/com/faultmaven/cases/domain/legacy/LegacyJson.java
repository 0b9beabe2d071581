package com.faultmaven.cases.domain.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.faultmaven.common.model.cases.Case;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON of the previous layout: read strictly, compared by what it says. */
final class LegacyJson {
  /** Beyond it a number is not written out: its digits could fill the memory. */
  private static final int MAX_SCALE = 1_000;

  static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .nodeFactory(NODES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  /**
   * Collections of a case whose order the rows' times and ids decide, with the names of the ids.
   */
  private static final Map<String, String> ROW_IDS =
      Map.of(
          "evidence", "evidence_id",
          "hypotheses", "hypothesis_id",
          "solutions", "solution_id",
          "messages", "message_id",
          "uploaded_files", "file_id",
          "status_transitions", "transition_id",
          "tool_calls", "call_id");

  private LegacyJson() {}

  /** Reads one JSON text; empty when it is none, or an object names a field twice. */
  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(MAPPER.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  /** Makes the model's case of its JSON object. */
  static Case toCase(ObjectNode whole) throws JsonProcessingException {
    return MAPPER.treeToValue(whole, Case.class);
  }

  /** What a case says, its version apart: two cases with equal texts are equal. */
  static String content(Case given) {
    ObjectNode tree = MAPPER.valueToTree(given);
    tree.remove("version");
    ROW_IDS.forEach(
        (collection, id) -> {
          List<JsonNode> rows = new ArrayList<>();
          tree.path(collection).forEach(rows::add);
          rows.sort(Comparator.comparing(row -> row.path(id).asText()));
          tree.putArray(collection).addAll(rows);
        });
    return canonical(tree).toString();
  }

  /** What a node says: fields in order, numbers in one form. */
  static JsonNode canonical(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
      return NODES.objectNode().setAll(sorted);
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode(node.size());
      node.forEach(element -> array.add(canonical(element)));
      return array;
    }
    return node.isNumber() ? number(node) : node;
  }

  private static JsonNode number(JsonNode node) {
    BigDecimal exact = node.decimalValue().stripTrailingZeros();
    if (Math.abs((long) exact.scale()) > MAX_SCALE) {
      return NODES.textNode(exact.toString());
    }
    return exact.scale() <= 0
        ? NODES.numberNode(exact.toBigInteger())
        : NODES.numberNode(exact.doubleValue());
  }

  /** SHA-256 of a text, in hexadecimal digits. */
  static String fingerprint(String text) {
    return HexFormat.of().formatHex(digest("SHA-256", text));
  }

  /** The digest of a text. */
  static byte[] digest(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
