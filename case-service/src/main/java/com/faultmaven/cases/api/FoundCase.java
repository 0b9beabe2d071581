package com.faultmaven.cases.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.faultmaven.common.model.cases.CaseSummary;
import com.faultmaven.common.repository.CaseHit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A case that a search has found.
 *
 * @param found what lists show of it
 * @param score how well it answers; more is better, comparable within one answer alone
 * @param highlights passages around the words
 */
@RegisterForReflection
public record FoundCase(
    @JsonProperty("case") CaseSummary found, double score, List<String> highlights) {
  /** The answer for a hit. */
  static FoundCase of(CaseHit hit) {
    return new FoundCase(hit.found().summary(), hit.score(), hit.highlights());
  }
}
