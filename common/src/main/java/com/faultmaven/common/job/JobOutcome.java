package com.faultmaven.common.job;

import com.faultmaven.common.model.WireName;

/** How a run has ended. */
public enum JobOutcome implements WireName {
  SUCCEEDED,
  FAILED,

  /** Its replica died, was stopped, or lost the lock; what it had committed stays. */
  INTERRUPTED
}
