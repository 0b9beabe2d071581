package com.faultmaven.user.api;

import com.faultmaven.user.domain.factor.SecondFactors;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The caller's second factor.
 *
 * @param enrolled whether log-ins need a code
 * @param enrolledAt since when; null when they do not
 * @param recoveryCodesLeft recovery codes that are not used yet
 */
@Schema(name = "SecondFactor")
public record SecondFactorAnswer(
    boolean enrolled, @Nullable Instant enrolledAt, int recoveryCodesLeft) {
  static SecondFactorAnswer of(SecondFactors.State state) {
    return new SecondFactorAnswer(
        state.enrolledAt() != null, state.enrolledAt(), state.recoveryCodesLeft());
  }
}
