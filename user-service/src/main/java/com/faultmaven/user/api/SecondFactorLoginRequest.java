package com.faultmaven.user.api;

import com.faultmaven.user.domain.factor.SecondFactors;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges a challenge for tokens: with {@code code} or {@code recovery_code}.
 *
 * @param challenge what the log-in answered
 * @param code six digits of the authenticator application
 * @param recoveryCode one of the ten recovery codes
 */
@Schema(
    name = "SecondFactorLoginRequest",
    examples =
        """
        {"challenge": "4Yx0mD3n…", "code": "287082"}""")
public record SecondFactorLoginRequest(
    @NotNull(message = "is missing")
        @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String challenge,
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
    return "SecondFactorLoginRequest[]";
  }
}
