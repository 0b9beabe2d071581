package com.faultmaven.artifact.domain;

import com.faultmaven.common.model.WireName;

/** The stages of a file's processing, in their order. */
public enum Stage implements WireName {
  RECEIVED,
  AWAITING_DECISION,
  CLASSIFIED,
  EXTRACTED,
  STORED,
  COMPLETED,
  FAILED
}
