package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;

/** What of another user somebody has read. */
public enum DataResource implements WireName {
  ACCOUNT,

  /** A page of the list of accounts, which belongs to no single user. */
  USERS_LIST,

  /** What the account was used for; of no single user when none was asked for. */
  AUTH_EVENTS,

  /** An export of everything that the suite holds about the user. */
  EXPORT,

  /** How far the erasure of the user's data is. */
  ERASURE
}
