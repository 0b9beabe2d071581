package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** How fast something has to happen, most urgent first. */
@RegisterForReflection
public enum Urgency implements WireName {
  /** Now, whoever must be woken. */
  CRITICAL,
  /** Within the hour. */
  HIGH,
  /** Within the day. */
  MEDIUM,
  /** When there is time. */
  LOW
}
