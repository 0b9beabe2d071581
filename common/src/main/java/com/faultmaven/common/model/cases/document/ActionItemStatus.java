package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** How far an action item has come. */
@RegisterForReflection
public enum ActionItemStatus implements WireName {
  OPEN,
  DONE,
  /** It was decided against. */
  DROPPED
}
