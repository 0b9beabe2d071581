package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** Whether evidence was typed in or taken from a document (decisions, section 3). */
public enum EvidenceForm implements WireName {
  USER_INPUT,
  DOCUMENT
}
