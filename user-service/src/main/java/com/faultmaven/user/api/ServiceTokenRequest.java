package com.faultmaven.user.api;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Client credentials of a service of the suite.
 *
 * @param clientId name of the service
 * @param clientSecret its secret
 */
@Schema(
    name = "ServiceTokenRequest",
    examples =
        """
        {"client_id": "case-service", "client_secret": "…"}""")
public record ServiceTokenRequest(
    @NotNull(message = "is missing")
        @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String clientId,
    @NotNull(message = "is missing")
        @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String clientSecret) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "ServiceTokenRequest[]";
  }
}
