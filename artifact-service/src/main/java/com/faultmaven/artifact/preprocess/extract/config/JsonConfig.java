package com.faultmaven.artifact.preprocess.extract.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON, also with comments and trailing commas. */
final class JsonConfig implements ConfigReader {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
          .build();

  @Override
  public void read(String text, TreeBuilder into) throws ConfigSyntaxException {
    try (JsonParser parser = JSON.createParser(text)) {
      for (JsonToken token = parser.nextToken();
          token != null && !into.full();
          token = parser.nextToken()) {
        take(token, parser, into);
      }
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
      throw new ConfigSyntaxException("JSON breaks off" + where);
    } catch (IOException e) {
      throw new UncheckedIOException("reading a text in memory", e);
    }
  }

  private static void take(JsonToken token, JsonParser parser, TreeBuilder into)
      throws IOException {
    switch (token) {
      case START_OBJECT -> into.startMapping();
      case START_ARRAY -> into.startSequence();
      case END_OBJECT, END_ARRAY -> into.end();
      case FIELD_NAME -> into.key(parser.currentName());
      default -> into.scalar(parser.getText());
    }
  }
}
