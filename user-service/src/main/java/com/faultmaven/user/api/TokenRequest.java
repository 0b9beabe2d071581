package com.faultmaven.user.api;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A token that came by mail.
 *
 * @param token what the mail holds
 */
@Schema(
    name = "TokenRequest",
    examples =
        """
        {"token": "4Yx0mD3n…"}""")
public record TokenRequest(
    @NotNull(message = "is missing")
        @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
        String token) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "TokenRequest[]";
  }
}
