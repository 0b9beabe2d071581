package com.faultmaven.knowledge.domain;

import java.util.List;

/**
 * An answer made of quotations.
 *
 * @param answeredBy which knowledge answered: user_kb, global_kb, case_evidence, or none
 * @param text the quotations, each with the number of its citation
 * @param citations where they stand, the best first
 */
public record Answer(String answeredBy, String text, List<Citation> citations) {
  /** Nobody has answered. */
  public static final String NONE = "none";

  public Answer {
    citations = List.copyOf(citations);
  }

  /**
   * One quotation.
   *
   * @param number its number in the text, from 1
   * @param quote what is quoted, word for word
   * @param score its similarity to the question, -1 to 1
   * @param chunk where it stands
   */
  public record Citation(int number, String quote, double score, FoundChunk chunk) {}
}
