package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.Hypothesis;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Hypotheses that were evaluated together. */
@RegisterForReflection
public record HypothesisItems(List<Hypothesis> items) {
  public HypothesisItems {
    items = List.copyOf(items);
  }
}
