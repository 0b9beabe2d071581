package com.faultmaven.user.domain.privacy;

import com.faultmaven.common.model.WireName;

/** Why a user's data are erased. */
public enum ErasureReason implements WireName {
  /** Somebody has asked for it. */
  REQUESTED,

  /** The account was deleted long enough ago. */
  RETENTION
}
