package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;

/** What of another user somebody has read. */
public enum DataResource implements WireName {
  ACCOUNT,

  /** A page of the list of accounts, which belongs to no single user. */
  USERS_LIST,

  /** An export of everything that the suite holds about the user. */
  EXPORT
}
