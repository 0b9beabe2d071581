package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;

/** How something that was tried has ended (specification 8.3). */
public enum AuthOutcome implements WireName {
  SUCCESS,
  FAILURE
}
