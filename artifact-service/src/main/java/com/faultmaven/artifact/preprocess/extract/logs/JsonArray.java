package com.faultmaven.artifact.preprocess.extract.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Log records in one JSON document: each becomes a line, as in a file of JSON lines. */
final class JsonArray {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_DEPTH_OF_ARRAY = 3;

  private JsonArray() {}

  /**
   * Gives the objects of the first array of a document, one a line.
   *
   * @return null when the text is no JSON document with such an array; a document that breaks off
   *     gives the records before the break
   */
  static @Nullable String toLines(String text) {
    String start = text.substring(0, Math.min(text.length(), 200)).stripLeading();
    if (!start.startsWith("[") && !start.startsWith("{")) {
      return null;
    }
    StringWriter lines = new StringWriter();
    int records = 0;
    try (JsonParser parser = JSON.createParser(text)) {
      if (!toArray(parser)) {
        return null;
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        StringWriter line = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(line)) {
          generator.copyCurrentStructure(parser);
        }
        lines.append(line.toString()).append('\n');
        records++;
      }
    } catch (IOException e) {
      // What was read before the document broke off is still worth reading.
      return records == 0 ? null : lines.toString();
    }
    return records == 0 ? null : lines.toString();
  }

  private static boolean toArray(JsonParser parser) throws IOException {
    int depth = 0;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      if (token == JsonToken.START_ARRAY) {
        return true;
      }
      if (token == JsonToken.START_OBJECT && ++depth > MAX_DEPTH_OF_ARRAY) {
        return false;
      }
      if (token == JsonToken.END_OBJECT && --depth == 0) {
        // One object a line is no document, but lines already.
        return false;
      }
    }
    return false;
  }
}
