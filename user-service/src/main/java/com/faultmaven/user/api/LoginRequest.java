package com.faultmaven.user.api;

import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.Credentials;
import com.faultmaven.user.domain.PasswordPolicy;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A log-in: {@code username} (which may also hold the address) or {@code email}.
 *
 * @param username user name or address
 * @param email address
 * @param password the password
 * @param clientId device or client whose session is opened or resumed
 */
@Schema(
    name = "LoginRequest",
    examples =
        """
        {"username": "ada", "password": "correct-horse-battery-9", "client_id": "laptop"}""")
public record LoginRequest(
    @Size(min = 1, max = 254, message = "must have 1 to 254 characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        @Nullable String username,
    @Size(min = 1, max = 254, message = "must have 1 to 254 characters")
        @Pattern(regexp = Texts.EMAIL, message = Texts.EMAIL_MESSAGE)
        @Nullable String email,
    @NotNull(message = "is missing")
        @Size(max = PasswordPolicy.MAX_LENGTH, message = "must have at most {max} characters")
        String password,
    @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Pattern(regexp = Texts.SAYING_LINE, message = Texts.SAYING_LINE_MESSAGE)
        @Nullable String clientId) {
  Credentials toCredentials() {
    if (username != null && email != null) {
      throw Problem.invalid("username", "send username or email, not both");
    }
    String login = username == null ? email : username;
    if (login == null) {
      throw Problem.invalid("username", "is missing; send username or email");
    }
    return new Credentials(login, password, clientId);
  }

  /** Shows nothing. */
  @Override
  public String toString() {
    return "LoginRequest[]";
  }
}
