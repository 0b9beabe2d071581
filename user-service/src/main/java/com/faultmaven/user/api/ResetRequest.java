package com.faultmaven.user.api;

import com.faultmaven.user.domain.PasswordPolicy;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Sets a new password by a token that came by mail.
 *
 * @param token what the mail holds
 * @param newPassword the new password
 */
@Schema(
    name = "ResetRequest",
    examples =
        """
        {"token": "4Yx0mD3n…", "new_password": "correct-horse-battery-9"}""")
public record ResetRequest(
    @NotNull(message = "is missing")
        @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String token,
    @NotNull(message = "is missing")
        @Size(max = PasswordPolicy.MAX_LENGTH, message = "must have at most {max} characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String newPassword) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "ResetRequest[]";
  }
}
