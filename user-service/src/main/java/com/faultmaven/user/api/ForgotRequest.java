package com.faultmaven.user.api;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Asks for a mail with which a new password can be set.
 *
 * @param email the account's address
 */
@Schema(
    name = "ForgotRequest",
    examples =
        """
        {"email": "ada@example.org"}""")
public record ForgotRequest(
    @NotNull(message = "is missing")
        @Size(max = 254, message = "must have at most 254 characters")
        @Pattern(regexp = Texts.EMAIL, message = Texts.EMAIL_MESSAGE)
        String email) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "ForgotRequest[]";
  }
}
