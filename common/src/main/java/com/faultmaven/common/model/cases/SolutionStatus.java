package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** Life of a solution (api.md): {@code proposed → applying → applied | failed}. */
public enum SolutionStatus implements WireName {
  PROPOSED,
  APPLYING,
  APPLIED,
  FAILED;

  /** Whether a solution in this status may go to the next one. No status goes to itself. */
  public boolean canBecome(SolutionStatus next) {
    return switch (this) {
      case PROPOSED -> next == APPLYING;
      case APPLYING -> next == APPLIED || next == FAILED;
      case APPLIED, FAILED -> false;
    };
  }
}
