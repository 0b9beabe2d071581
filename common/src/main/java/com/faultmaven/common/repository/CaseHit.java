package com.faultmaven.common.repository;

import com.faultmaven.common.model.cases.Case;
import java.util.List;

/**
 * A case that a search has found.
 *
 * @param found header of the case
 * @param score how well it answers; more is better, comparable within one answer alone
 * @param highlights passages around the words, at least one
 */
public record CaseHit(Case found, double score, List<String> highlights) {
  public CaseHit {
    highlights = List.copyOf(highlights);
  }
}
