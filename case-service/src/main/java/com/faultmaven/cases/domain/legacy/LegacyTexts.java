package com.faultmaven.cases.domain.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/** Texts of the previous layout: which can be kept, and names made of them. */
final class LegacyTexts {
  /** Beyond it no double can follow, and PostgreSQL's numbers would need that many digits. */
  private static final int MAX_EXPONENT = 308;

  private LegacyTexts() {}

  /** Whether PostgreSQL keeps the text as it is: no NUL, no half of a surrogate pair. */
  static boolean isStorable(CharSequence value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0 || Character.isLowSurrogate(c)) {
        return false;
      }
      if (Character.isHighSurrogate(c)
          && (++i == value.length() || !Character.isLowSurrogate(value.charAt(i)))) {
        return false;
      }
    }
    return true;
  }

  /** Whether PostgreSQL keeps all texts and numbers of the node. */
  static boolean isStorable(JsonNode node) {
    if (node.isTextual()) {
      return isStorable(node.textValue());
    }
    if (node.isNumber()) {
      BigDecimal number = node.decimalValue();
      return Math.abs((long) number.precision() - number.scale()) <= MAX_EXPONENT
          && number.scale() <= 2 * MAX_EXPONENT;
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!isStorable(field.getKey()) || !isStorable(field.getValue())) {
        return false;
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        if (!isStorable(element)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether the text can be an id in paths and keys. */
  static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= LegacyLimits.ID
        && isStorable(text)
        && text.chars()
            .noneMatch(c -> c == '/' || Character.isWhitespace(c) || Character.isISOControl(c));
  }

  /** A UUID of version 5 (RFC 9562) that the name alone decides. */
  static String idOf(String name) {
    ByteBuffer hash =
        ByteBuffer.wrap(Arrays.copyOf(LegacyJson.digest("SHA-1", "faultmaven:" + name), 16));
    long high = (hash.getLong() & 0xffffffffffff0fffL) | 0x5000L;
    long low = (hash.getLong() & 0x3fffffffffffffffL) | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }
}
