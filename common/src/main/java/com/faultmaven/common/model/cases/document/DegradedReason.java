package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Why an investigation goes on with less than it needs. */
@RegisterForReflection
public enum DegradedReason implements WireName {
  /** The evidence does not suffice and more cannot be had. */
  INSUFFICIENT_DATA,
  /** Several turns in a row brought nothing new. */
  NO_PROGRESS,
  /** Every supposed cause has been refuted. */
  HYPOTHESES_EXHAUSTED,
  /** A tool of the agent does not answer. */
  TOOL_UNAVAILABLE,
  /** The language model does not answer. */
  MODEL_UNAVAILABLE,
  OTHER
}
