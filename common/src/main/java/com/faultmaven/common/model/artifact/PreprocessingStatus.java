package com.faultmaven.common.model.artifact;

import com.faultmaven.common.model.WireName;

/**
 * Where a file is on its way through preprocessing (specification 4.2; awaiting_decision from
 * preprocessing.md).
 */
public enum PreprocessingStatus implements WireName {
  PENDING,
  AWAITING_DECISION,
  PROCESSING,
  COMPLETED,
  FAILED
}
