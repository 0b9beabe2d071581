package com.faultmaven.user.api;

import com.faultmaven.user.domain.PasswordPolicy;
import com.faultmaven.user.domain.factor.SecondFactors;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Proves the password and the second factor: {@code code} or {@code recovery_code}.
 *
 * @param password the present password; may be left out by accounts without one
 * @param code six digits of the authenticator application
 * @param recoveryCode one of the ten recovery codes
 */
@Schema(
    name = "ProofRequest",
    examples =
        """
        {"password": "correct-horse-battery-9", "code": "287082"}""")
public record ProofRequest(
    @Size(max = PasswordPolicy.MAX_LENGTH, message = "must have at most {max} characters")
        @Nullable String password,
    @Pattern(regexp = Texts.CODE, message = Texts.CODE_MESSAGE) @Nullable String code,
    @Size(min = 1, max = 40, message = "must have 1 to 40 characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        @Nullable String recoveryCode) {
  SecondFactors.Proof toProof() {
    return Proofs.of(code, recoveryCode);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "ProofRequest[]";
  }
}
