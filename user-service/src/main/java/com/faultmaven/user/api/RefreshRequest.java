package com.faultmaven.user.api;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An exchange of tokens.
 *
 * @param refreshToken the token as it was given out, good for one use
 */
@Schema(
    name = "RefreshRequest",
    examples =
        """
        {"refresh_token": "Zm9yIGV4YW1wbGUgdGhpcnR5LXR3byBieXRlcyBsb25n"}""")
public record RefreshRequest(
    @NotNull(message = "is missing")
        @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        String refreshToken) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "RefreshRequest[]";
  }
}
