package com.faultmaven.common.model.user;

import com.faultmaven.common.model.WireName;

/**
 * What an account may do (specification 8.2): user own data, analyst also reads every case, admin
 * everything.
 */
public enum Role implements WireName {
  USER,
  ANALYST,
  ADMIN
}
