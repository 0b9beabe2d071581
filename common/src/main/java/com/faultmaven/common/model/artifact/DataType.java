package com.faultmaven.common.model.artifact;

import com.faultmaven.common.model.WireName;

/** The seven types of observability data (specification 4.1). */
public enum DataType implements WireName {
  LOGS_AND_ERRORS,
  METRICS_AND_PERFORMANCE,
  STRUCTURED_CONFIG,
  SOURCE_CODE,
  UNSTRUCTURED_TEXT,
  VISUAL_EVIDENCE,
  UNANALYZABLE
}
