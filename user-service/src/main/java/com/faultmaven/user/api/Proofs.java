package com.faultmaven.user.api;

import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.factor.SecondFactors;
import org.jspecify.annotations.Nullable;

/** Proofs of the second factor in requests. */
final class Proofs {
  private Proofs() {}

  /** Exactly one of the two. */
  static SecondFactors.Proof of(@Nullable String code, @Nullable String recoveryCode) {
    if ((code == null) == (recoveryCode == null)) {
      throw Problem.invalid("code", "send code or recovery_code, one of them");
    }
    return new SecondFactors.Proof(code, recoveryCode);
  }
}
