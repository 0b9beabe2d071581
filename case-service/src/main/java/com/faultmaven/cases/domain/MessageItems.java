package com.faultmaven.cases.domain;

import com.faultmaven.common.model.cases.CaseMessage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** Messages that were added together. */
@RegisterForReflection
public record MessageItems(List<CaseMessage> items) {
  public MessageItems {
    items = List.copyOf(items);
  }
}
