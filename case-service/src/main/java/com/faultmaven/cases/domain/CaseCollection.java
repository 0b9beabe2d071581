package com.faultmaven.cases.domain;

import com.faultmaven.common.model.WireName;

/** The rows around a case, as the full load names them (specification 3.2). */
public enum CaseCollection implements WireName {
  EVIDENCE,
  HYPOTHESES,
  SOLUTIONS,
  MESSAGES,
  UPLOADED_FILES,
  STATUS_TRANSITIONS,
  TOOL_CALLS
}
