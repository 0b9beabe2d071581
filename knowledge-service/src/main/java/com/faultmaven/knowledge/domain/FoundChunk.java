package com.faultmaven.knowledge.domain;

import java.util.List;
import java.util.stream.Stream;

/**
 * A chunk that a search has found.
 *
 * @param score similarity to the question, -1 to 1; more is nearer
 * @param documentId its document, or its file
 * @param title the document's title, or the file's name
 * @param documentType the document's kind, or the file's type of data
 * @param position its place among the document's chunks, from 0
 * @param chunks how many there are
 * @param start where it begins in the document, in UTF-16 units
 * @param end where it ends, exclusive
 * @param headingPath headings that it stands under, outermost first
 * @param text the chunk
 * @param before the text right before it, as far as it is shown
 * @param after the text right after it, as far as it is shown
 */
public record FoundChunk(
    double score,
    String documentId,
    String title,
    String documentType,
    int position,
    int chunks,
    int start,
    int end,
    List<String> headingPath,
    String text,
    String before,
    String after) {
  public FoundChunk {
    headingPath = List.copyOf(headingPath);
  }

  FoundChunk in(String before, String after) {
    return new FoundChunk(
        score,
        documentId,
        title,
        documentType,
        position,
        chunks,
        start,
        end,
        headingPath,
        text,
        before,
        after);
  }

  /** The chunk under more headings, which stand within it. */
  FoundChunk under(List<String> headings) {
    return new FoundChunk(
        score,
        documentId,
        title,
        documentType,
        position,
        chunks,
        start,
        end,
        Stream.concat(headingPath.stream(), headings.stream()).distinct().toList(),
        text,
        before,
        after);
  }

  FoundChunk labelled(Documents.DocumentLabel label) {
    return new FoundChunk(
        score,
        documentId,
        label.title(),
        label.documentType(),
        position,
        chunks,
        start,
        end,
        headingPath,
        text,
        before,
        after);
  }
}
