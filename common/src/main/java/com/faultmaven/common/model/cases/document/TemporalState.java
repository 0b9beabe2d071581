package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Whether a problem is there at present. */
@RegisterForReflection
public enum TemporalState implements WireName {
  ONGOING,
  /** It comes and goes. */
  INTERMITTENT,
  /** It was over before anybody looked. */
  PAST
}
