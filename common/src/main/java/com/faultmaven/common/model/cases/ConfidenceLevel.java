package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** How sure one is of a hypothesis, weakest first (decisions, section 3). */
public enum ConfidenceLevel implements WireName {
  SPECULATION,
  PROBABLE,
  CONFIDENT,
  VERIFIED
}
