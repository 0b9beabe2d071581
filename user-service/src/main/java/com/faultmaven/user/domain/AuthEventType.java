package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;

/** What the audit log records about accounts and tokens (specification 8.3). */
public enum AuthEventType implements WireName {
  REGISTERED,
  LOGIN_SUCCEEDED,
  LOGIN_FAILED,
  SECOND_FACTOR_FAILED,
  TOKEN_REFRESHED,
  REFRESH_TOKEN_REUSED,
  LOGGED_OUT,
  SERVICE_TOKEN_ISSUED,
  SERVICE_TOKEN_REFUSED,
  EMAIL_VERIFICATION_REQUESTED,
  EMAIL_VERIFIED,
  PASSWORD_CHANGED,
  PASSWORD_CHANGE_FAILED,
  PASSWORD_RESET_REQUESTED,
  PASSWORD_RESET,
  TOTP_ENROLLED,
  TOTP_REMOVED,
  RECOVERY_CODES_RENEWED,
  PASSKEY_ADDED,
  PASSKEY_REMOVED,
  SSO_LINKED,
  PROFILE_CHANGED,
  ROLES_CHANGED,
  DEACTIVATED,
  ACTIVATED,
  DELETED,
  RESTORED,
  EXPORT_REQUESTED,
  EXPORTED,
  ERASURE_REQUESTED,
  ERASED,
  JOB_RUN;

  /** Whether it records something that was tried and refused. */
  public boolean isFailure() {
    return switch (this) {
      case LOGIN_FAILED,
          SECOND_FACTOR_FAILED,
          REFRESH_TOKEN_REUSED,
          SERVICE_TOKEN_REFUSED,
          PASSWORD_CHANGE_FAILED ->
          true;
      default -> false;
    };
  }
}
