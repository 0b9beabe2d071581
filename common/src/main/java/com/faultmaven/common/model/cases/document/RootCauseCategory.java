package com.faultmaven.common.model.cases.document;

import com.faultmaven.common.model.WireName;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What kind of thing a root cause is. */
@RegisterForReflection
public enum RootCauseCategory implements WireName {
  CODE_DEFECT,
  CONFIGURATION,
  CAPACITY,
  DEPENDENCY,
  INFRASTRUCTURE,
  DATA,
  SECURITY,
  HUMAN_ERROR,
  OTHER
}
