package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** How far a hypothesis has been examined (decisions, section 3). */
public enum HypothesisStatus implements WireName {
  EXPLORING,
  TESTING,
  VALIDATED,
  INVALIDATED;

  /** Whether the hypothesis still awaits its verdict. */
  public boolean isActive() {
    return this == EXPLORING || this == TESTING;
  }
}
