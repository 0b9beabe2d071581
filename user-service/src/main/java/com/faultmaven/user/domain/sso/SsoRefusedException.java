package com.faultmaven.user.domain.sso;

import org.jspecify.annotations.Nullable;

/** Nobody is signed in. */
public final class SsoRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SsoRefusal refusal;
  private final @Nullable String userId;

  /** Refuses, before it is known whose account it is about. */
  public SsoRefusedException(SsoRefusal refusal) {
    this(refusal, null);
  }

  /** Refuses somebody whose account is known. */
  public SsoRefusedException(SsoRefusal refusal, @Nullable String userId) {
    super(refusal.wireName(), null, false, false);
    this.refusal = refusal;
    this.userId = userId;
  }

  /** Why. */
  public SsoRefusal refusal() {
    return refusal;
  }

  /** Whose account, null when it is not known. */
  public @Nullable String userId() {
    return userId;
  }
}
