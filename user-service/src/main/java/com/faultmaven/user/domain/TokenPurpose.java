package com.faultmaven.user.domain;

import com.faultmaven.common.model.WireName;

/** What a token that came by mail is good for. */
public enum TokenPurpose implements WireName {
  /** Confirms that its reader owns the address. */
  EMAIL_VERIFICATION,
  /** Sets a new password. */
  PASSWORD_RESET
}
