package com.faultmaven.cases.domain;

import com.faultmaven.common.model.cases.Evidence;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Evidence that was added together. */
@RegisterForReflection
public record EvidenceItems(List<Evidence> items) {
  public EvidenceItems {
    items = List.copyOf(items);
  }
}
