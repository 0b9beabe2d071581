package com.faultmaven.user.api;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What else ends with a log-out; all of it may be left out.
 *
 * @param refreshToken token whose family ends, besides the one of the access token
 * @param sessionId session that ends, in place of the access token's {@code sid}
 */
@Schema(
    name = "LogoutRequest",
    examples =
        """
        {"session_id": "019aa0d0-3b1c-7c11-9f5e-1f2f3a4b5c6d"}""")
public record LogoutRequest(
    @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Nullable String refreshToken,
    @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Pattern(regexp = Texts.SAYING_LINE, message = Texts.SAYING_LINE_MESSAGE)
        @Nullable String sessionId) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "LogoutRequest[]";
  }
}
