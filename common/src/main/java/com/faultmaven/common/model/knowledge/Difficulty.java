package com.faultmaven.common.model.knowledge;

import com.faultmaven.common.model.WireName;

/** For whom a knowledge document is written (specification 5.3). */
public enum Difficulty implements WireName {
  BEGINNER,
  INTERMEDIATE,
  ADVANCED
}
