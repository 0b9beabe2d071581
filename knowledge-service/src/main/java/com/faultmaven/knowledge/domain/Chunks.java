package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.knowledge.Embedding;
import com.faultmaven.common.model.knowledge.VectorDocument;
import com.faultmaven.common.model.knowledge.VectorHit;
import com.faultmaven.knowledge.domain.text.TextChunk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a chunk stands in its collection: its id, and the metadata that searches filter by. */
final class Chunks {
  static final String DOCUMENT_ID = "document_id";
  static final String DOCUMENT_TYPE = "document_type";
  static final String CATEGORY = "category";
  static final String TITLE = "title";
  private static final String POSITION = "position";
  private static final String COUNT = "chunks";
  private static final String START = "start";
  private static final String END = "end";
  private static final String HEADINGS = "headings";
  private static final String SEPARATOR = "\u001f";

  private Chunks() {}

  /** A label is a name of its own: Chroma compares values, it does not look into lists. */
  static String tag(String tag) {
    return "tag:" + tag;
  }

  /** Ids are made from the document and the position, so that writing again replaces. */
  static String id(String documentId, int position) {
    return documentId + ":" + position;
  }

  static VectorDocument document(
      String documentId,
      TextChunk chunk,
      int count,
      Embedding embedding,
      Map<String, Object> facts) {
    Map<String, Object> metadata = new HashMap<>(facts);
    metadata.put(DOCUMENT_ID, documentId);
    metadata.put(POSITION, chunk.position());
    metadata.put(COUNT, count);
    metadata.put(START, chunk.start());
    metadata.put(END, chunk.end());
    metadata.put(HEADINGS, String.join(SEPARATOR, chunk.headingPath()));
    return new VectorDocument(id(documentId, chunk.position()), chunk.text(), embedding, metadata);
  }

  static FoundChunk found(VectorHit hit) {
    Map<String, Object> metadata = hit.metadata();
    String headings = text(metadata, HEADINGS);
    return new FoundChunk(
        hit.score(),
        text(metadata, DOCUMENT_ID),
        text(metadata, TITLE),
        text(metadata, DOCUMENT_TYPE),
        number(metadata, POSITION),
        number(metadata, COUNT),
        number(metadata, START),
        number(metadata, END),
        headings.isEmpty() ? List.of() : List.of(headings.split(SEPARATOR)),
        hit.text(),
        "",
        "");
  }

  static int start(VectorDocument document) {
    return number(document.metadata(), START);
  }

  private static String text(Map<String, Object> metadata, String name) {
    return metadata.get(name) instanceof String text ? text : "";
  }

  private static int number(Map<String, Object> metadata, String name) {
    return metadata.get(name) instanceof Number number ? number.intValue() : 0;
  }
}
