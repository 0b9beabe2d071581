package com.faultmaven.user.api;

import com.faultmaven.user.domain.PasswordPolicy;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Confirms that the caller knows the password.
 *
 * @param password the present password; may be left out by accounts without one
 */
@Schema(
    name = "PasswordRequest",
    examples =
        """
        {"password": "correct-horse-battery-9"}""")
public record PasswordRequest(
    @Size(max = PasswordPolicy.MAX_LENGTH, message = "must have at most {max} characters")
        @Nullable String password) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "PasswordRequest[]";
  }
}
