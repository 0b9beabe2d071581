package com.faultmaven.common.job;

import com.faultmaven.common.model.WireName;

/** Why a job runs. */
public enum JobTrigger implements WireName {
  SCHEDULE,
  HAND
}
