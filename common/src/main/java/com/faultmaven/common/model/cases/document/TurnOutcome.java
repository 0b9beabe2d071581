package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What a turn of the conversation brought. */
@RegisterForReflection
public enum TurnOutcome implements WireName {
  /** A milestone was reached or evidence came in. */
  PROGRESS,
  NO_PROGRESS,
  /** The agent waits for the user. */
  ANSWER_NEEDED,
  /** Something that is needed cannot be had. */
  BLOCKED,
  RESOLVED
}
