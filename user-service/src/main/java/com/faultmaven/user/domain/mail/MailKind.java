package com.faultmaven.user.domain.mail;

import com.faultmaven.common.model.WireName;

/** What a mail is about. */
public enum MailKind implements WireName {
  /** Carries a token that confirms the address. */
  EMAIL_VERIFICATION,
  /** Carries a token that sets a new password. */
  PASSWORD_RESET,
  /** Answers the wish for a new password where there is none: the owner signs in elsewhere. */
  PASSWORD_RESET_ELSEWHERE,
  /** Says that the password was changed or set anew. */
  PASSWORD_CHANGED,
  /** Says that a second factor, a passkey or a link to another issuer was added or removed. */
  SIGN_IN_CHANGED
}
