package com.faultmaven.common.repository;

import com.faultmaven.common.model.Checks;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.web.PageRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A full-text question to the cases (specification 6.1, search).
 *
 * @param text words that must all occur in the title, the description or the evidence
 * @param userId the owner; null for every owner
 * @param statuses statuses that are wanted; empty for all
 * @param tag a tag that they have; null for any
 * @param page which part of the answer
 */
public record CaseSearch(
    String text,
    @Nullable String userId,
    Set<CaseStatus> statuses,
    @Nullable String tag,
    PageRequest page) {
  public CaseSearch {
    Checks.text(text, "q");
    statuses = Set.copyOf(statuses);
  }
}
