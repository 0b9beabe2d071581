package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/**
 * Life of a case (decisions, section 3): {@code consulting → investigating | closed}, {@code
 * investigating → resolved | closed}; resolved and closed are terminal.
 */
public enum CaseStatus implements WireName {
  CONSULTING,
  INVESTIGATING,
  RESOLVED,
  CLOSED;

  /** Whether a case in this status may go to the next one. No status goes to itself. */
  public boolean canBecome(CaseStatus next) {
    return switch (this) {
      case CONSULTING -> next == INVESTIGATING || next == CLOSED;
      case INVESTIGATING -> next == RESOLVED || next == CLOSED;
      case RESOLVED, CLOSED -> false;
    };
  }

  /** Whether the case has ended: nothing follows. */
  public boolean isTerminal() {
    return this == RESOLVED || this == CLOSED;
  }
}
