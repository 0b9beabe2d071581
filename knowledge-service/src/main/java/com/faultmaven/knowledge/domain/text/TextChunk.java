package com.faultmaven.knowledge.domain.text;

import java.util.List;

/**
 * A piece of a document that is embedded and found on its own (specification 5.6).
 *
 * @param position its place among the document's chunks, from 0
 * @param start where it begins in the document, in UTF-16 units
 * @param end where it ends, exclusive
 * @param text the document's text from start to end
 * @param headingPath headings that it stands under, outermost first
 * @param tokens how many tokens the text has
 */
public record TextChunk(
    int position, int start, int end, String text, List<String> headingPath, int tokens) {
  public TextChunk {
    headingPath = List.copyOf(headingPath);
  }
}
