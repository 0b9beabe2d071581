package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;

/** What the audit log records about accounts and tokens (specification 8.3). */
public enum AuthEventType implements WireName {
  REGISTERED,
  LOGIN_SUCCEEDED,
  LOGIN_FAILED,
  TOKEN_REFRESHED,
  REFRESH_TOKEN_REUSED,
  LOGGED_OUT,
  PROFILE_CHANGED,
  ROLES_CHANGED,
  DEACTIVATED,
  ACTIVATED,
  DELETED,
  RESTORED
}
