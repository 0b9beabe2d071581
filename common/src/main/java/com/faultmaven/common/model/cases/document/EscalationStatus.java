package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** How far an escalation has come. */
@RegisterForReflection
public enum EscalationStatus implements WireName {
  /** Somebody has been called. */
  REQUESTED,
  /** They know. */
  ACKNOWLEDGED,
  /** They work on it. */
  IN_PROGRESS,
  /** They returned it without a solution. */
  HANDED_BACK,
  RESOLVED
}
