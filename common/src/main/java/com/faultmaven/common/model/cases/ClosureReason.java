package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** Why a case has ended (decisions, section 3). Required for a terminal status, refused before. */
public enum ClosureReason implements WireName {
  RESOLVED,
  ABANDONED,
  ESCALATED,
  CONSULTING_ONLY,
  DUPLICATE,
  OTHER;

  /**
   * Whether a case may end for this reason. {@code resolved} and the status resolved go together
   * only; {@code consulting_only} is for a case that was never investigated.
   */
  public boolean fits(CaseStatus from, CaseStatus to) {
    return switch (to) {
      case CONSULTING, INVESTIGATING -> false;
      case RESOLVED -> this == RESOLVED;
      case CLOSED -> this != RESOLVED && (this != CONSULTING_ONLY || from == CaseStatus.CONSULTING);
    };
  }
}
