package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;

/** What the audit log records about accounts and tokens (specification 8.3). */
public enum AuthEventType implements WireName {
  REGISTERED,
  LOGIN_SUCCEEDED,
  LOGIN_FAILED,

  /** The first attempt that was turned away because of the failed ones before it. */
  LOGIN_THROTTLED,

  /** The password was right, or another issuer has vouched, and a code is awaited. */
  SECOND_FACTOR_REQUIRED,
  SECOND_FACTOR_FAILED,
  TOKEN_REFRESHED,
  REFRESH_TOKEN_REUSED,

  /** Expired, or of a log-in that has ended; at most one a minute for each account. */
  REFRESH_TOKEN_REFUSED,
  LOGGED_OUT,
  SERVICE_TOKEN_ISSUED,
  SERVICE_TOKEN_REFUSED,
  EMAIL_VERIFICATION_REQUESTED,
  EMAIL_VERIFIED,

  /** What came by mail to confirm an address or to set a password is good no more. */
  MAIL_TOKEN_REFUSED,
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
          LOGIN_THROTTLED,
          SECOND_FACTOR_FAILED,
          REFRESH_TOKEN_REUSED,
          REFRESH_TOKEN_REFUSED,
          SERVICE_TOKEN_REFUSED,
          MAIL_TOKEN_REFUSED,
          PASSWORD_CHANGE_FAILED ->
          true;
      default -> false;
    };
  }
}
