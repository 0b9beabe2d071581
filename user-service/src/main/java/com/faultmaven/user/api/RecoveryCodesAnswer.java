package com.faultmaven.user.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Codes for the day that the authenticator is lost; shown once.
 *
 * @param recoveryCodes ten codes, each good for one use
 */
@Schema(name = "RecoveryCodes")
public record RecoveryCodesAnswer(List<String> recoveryCodes) {
  public RecoveryCodesAnswer {
    recoveryCodes = List.copyOf(recoveryCodes);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "RecoveryCodesAnswer[]";
  }
}
