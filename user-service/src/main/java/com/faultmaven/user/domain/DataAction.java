package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;

/** What somebody has done with another user's data. */
public enum DataAction implements WireName {
  READ
}
