package com.faultmaven.user.api;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A code of the authenticator application.
 *
 * @param code six digits
 */
@Schema(
    name = "CodeRequest",
    examples =
        """
        {"code": "287082"}""")
public record CodeRequest(
    @NotNull(message = "is missing") @Pattern(regexp = Texts.CODE, message = Texts.CODE_MESSAGE)
        String code) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "CodeRequest[]";
  }
}
