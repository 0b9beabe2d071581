package com.faultmaven.session.domain;

import com.faultmaven.common.model.WireName;

/** Why a session ended before its time. */
public enum EndReason implements WireName {
  /** The user ended it, or logged out. */
  LOGOUT,
  /** The user opened more sessions than there may be. */
  DISPLACED
}
