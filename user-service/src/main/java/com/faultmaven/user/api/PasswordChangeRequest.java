package com.faultmaven.user.api;

import com.faultmaven.user.domain.PasswordPolicy;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Changes the password.
 *
 * @param currentPassword the present one
 * @param newPassword the new one
 */
@Schema(
    name = "PasswordChangeRequest",
    examples =
        """
        {"current_password": "correct-horse-battery-8", "new_password": "correct-horse-battery-9"}""")
public record PasswordChangeRequest(
    @NotNull(message = "is missing")
        @Size(max = PasswordPolicy.MAX_LENGTH, message = "must have at most {max} characters")
        String currentPassword,
    @NotNull(message = "is missing")
        @Size(max = PasswordPolicy.MAX_LENGTH, message = "must have at most {max} characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String newPassword) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "PasswordChangeRequest[]";
  }
}
