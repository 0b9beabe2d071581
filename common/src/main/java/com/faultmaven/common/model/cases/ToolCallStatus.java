package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** How a tool call of the agent stands (specification 3.2). */
public enum ToolCallStatus implements WireName {
  PENDING,
  SUCCESS,
  FAILED;

  /** Whether the call has ended; its row never changes again (decisions, section 3). */
  public boolean isTerminal() {
    return this != PENDING;
  }
}
