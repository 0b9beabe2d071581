package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What an investigation does first. */
@RegisterForReflection
public enum InvestigationPath implements WireName {
  /** Stop the damage, look for the cause afterwards. */
  MITIGATION_FIRST,
  /** Find the cause, then mend it. */
  ROOT_CAUSE_FIRST,
  /** Hand it to somebody else. */
  ESCALATION,
  /** The user is asked. */
  UNDECIDED
}
