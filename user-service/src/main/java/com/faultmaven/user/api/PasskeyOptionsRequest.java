package com.faultmaven.user.api;

import com.faultmaven.user.domain.PasswordPolicy;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to add or remove a passkey.
 *
 * @param password the account's present password; may be left out when it has none
 */
@Schema(
    name = "PasskeyOptionsRequest",
    examples =
        """
        {"password": "correct-horse-battery-9"}""")
public record PasskeyOptionsRequest(
    @Size(max = PasswordPolicy.MAX_LENGTH, message = "must have at most {max} characters")
        @Nullable String password) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "PasskeyOptionsRequest[]";
  }
}
