package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** What a solution is meant to do (specification 3.2). */
public enum SolutionCategory implements WireName {
  FIX,
  MITIGATION,
  ESCALATION,
  INVESTIGATION
}
