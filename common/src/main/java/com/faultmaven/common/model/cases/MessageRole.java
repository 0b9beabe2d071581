package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** Who speaks in a message (specification 3.2). */
public enum MessageRole implements WireName {
  USER,
  ASSISTANT,
  SYSTEM
}
