package com.faultmaven.common.model.cases.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * How columns are read: a known field takes a value of its own type alone, an unknown one anything.
 */
final class DocumentJson {
  private static final JsonMapper MAPPER = mapper();

  private DocumentJson() {}

  static <D> D read(JsonNode json, Class<D> type) throws JsonMappingException {
    try {
      return MAPPER.treeToValue(json, type);
    } catch (JsonMappingException refused) {
      throw refused;
    } catch (JsonProcessingException refused) {
      throw JsonMappingException.fromUnexpectedIOE(refused);
    }
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .addModule(new SimpleModule("documents").addDeserializer(Instant.class, new Time()));
    for (CoercionInputShape shape :
        new CoercionInputShape[] {
          CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
      builder.withCoercionConfig(
          LogicalType.Textual, config -> config.setCoercion(shape, CoercionAction.Fail));
    }
    for (LogicalType type :
        new LogicalType[] {LogicalType.Integer, LogicalType.Float, LogicalType.Boolean}) {
      builder.withCoercionConfig(
          type, config -> config.setCoercion(CoercionInputShape.String, CoercionAction.Fail));
    }
    builder.withCoercionConfig(
        LogicalType.Integer,
        config -> config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail));
    builder.withCoercionConfig(
        LogicalType.Boolean,
        config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail));
    return builder.build();
  }

  /** Instants are text in RFC 3339, never a number of seconds. */
  private static final class Time extends StdDeserializer<Instant> {
    private static final long serialVersionUID = 1L;

    Time() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        try {
          return OffsetDateTime.parse(parser.getText()).toInstant();
        } catch (DateTimeException notATime) {
          throw refused(parser, notATime);
        }
      }
      throw refused(parser, null);
    }

    private static MismatchedInputException refused(JsonParser parser, @Nullable Throwable cause) {
      MismatchedInputException refused =
          MismatchedInputException.from(parser, Instant.class, "not an RFC 3339 time");
      if (cause != null) {
        refused.initCause(cause);
      }
      return refused;
    }
  }
}
