package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** What a piece of evidence says about a hypothesis (decisions, section 3). */
public enum EvidenceRelationship implements WireName {
  SUPPORTS,
  REFUTES,
  NEUTRAL
}
