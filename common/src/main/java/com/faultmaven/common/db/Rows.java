package com.faultmaven.common.db;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Converts between what the PostgreSQL client gives and what the models hold. */
public final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Rows() {}

  /**
   * A timestamp that is always there.
   *
   * @throws IllegalStateException when the column is null
   */
  public static Instant instant(Row row, String column) {
    Instant time = instantOrNull(row, column);
    if (time == null) {
      throw new IllegalStateException(column + " is null");
    }
    return time;
  }

  /** A timestamp, or null. */
  public static @Nullable Instant instantOrNull(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  /** A timestamp as a statement's parameter. */
  public static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  /** A timestamp or null as a statement's parameter. */
  public static @Nullable OffsetDateTime utcOrNull(@Nullable Instant time) {
    return time == null ? null : utc(time);
  }

  /** A JSON column; null when the column is, {@link NullNode} for a JSON null. */
  public static @Nullable JsonNode json(Row row, String column) {
    Object value = row.getValue(column);
    if (value == null) {
      return null;
    }
    if (value == Tuple.JSON_NULL) {
      return NullNode.getInstance();
    }
    try {
      return JSON.readTree(Json.encode(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL gave unreadable JSON in " + column, e);
    }
  }

  /** A JSON value as a statement's parameter of type json or jsonb. */
  public static @Nullable Object jsonb(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    return switch (value.getNodeType()) {
      case OBJECT -> new JsonObject(value.toString());
      case ARRAY -> new JsonArray(value.toString());
      case STRING -> value.textValue();
      case NUMBER -> value.numberValue();
      case BOOLEAN -> value.booleanValue();
      case NULL, MISSING -> Tuple.JSON_NULL;
      case BINARY, POJO -> throw new IllegalArgumentException("not JSON: " + value.getNodeType());
    };
  }
}
