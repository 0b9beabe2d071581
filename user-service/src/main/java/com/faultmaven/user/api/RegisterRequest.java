package com.faultmaven.user.api;

import com.faultmaven.common.model.user.Role;
import com.faultmaven.user.domain.NewAccount;
import com.faultmaven.user.domain.PasswordPolicy;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A new account.
 *
 * @param username 3 to 64 characters, unique whatever its case
 * @param email at most 254 characters, unique whatever its case
 * @param password at least 12 characters, not a common one
 * @param displayName the name that people read, the user name unless given
 */
@Schema(
    name = "RegisterRequest",
    examples =
        """
        {"username": "ada", "email": "ada@example.org", "password": "correct-horse-battery-9",
         "display_name": "Ada Lovelace"}""")
public record RegisterRequest(
    @NotNull(message = "is missing")
        @Size(min = 3, max = 64, message = "must have 3 to 64 characters")
        @Pattern(regexp = Texts.USERNAME, message = Texts.USERNAME_MESSAGE)
        String username,
    @NotNull(message = "is missing")
        @Size(max = 254, message = "must have at most 254 characters")
        @Pattern(regexp = Texts.EMAIL, message = Texts.EMAIL_MESSAGE)
        String email,
    @NotNull(message = "is missing")
        @Size(max = PasswordPolicy.MAX_LENGTH, message = "must have at most {max} characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String password,
    @Size(max = 200, message = "must have at most 200 characters")
        @Pattern(regexp = Texts.SAYING_LINE, message = Texts.SAYING_LINE_MESSAGE)
        @Nullable String displayName) {
  NewAccount toAccount() {
    return new NewAccount(
        username,
        email,
        password,
        displayName == null ? username : displayName.strip(),
        Set.of(Role.USER),
        false);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "RegisterRequest[]";
  }
}
