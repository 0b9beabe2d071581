package com.faultmaven.common.model.cases;

import com.faultmaven.common.model.WireName;

/** Where evidence comes from (decisions, section 3). */
public enum EvidenceSourceType implements WireName {
  LOG_FILE,
  METRICS_DATA,
  CONFIG_FILE,
  CODE_REVIEW,
  SCREENSHOT,
  USER_OBSERVATION,
  API_RESPONSE,
  DATABASE_QUERY,
  MONITORING_ALERT,
  OTHER
}
