package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** How much a problem hurts those who use the system, worst first. */
@RegisterForReflection
public enum Severity implements WireName {
  /** The service is down or loses data. */
  CRITICAL,
  /** An important function fails for many. */
  HIGH,
  /** A function fails for some, or there is a way around. */
  MEDIUM,
  /** An annoyance. */
  LOW
}
