package com.faultmaven.user.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in with a passkey.
 *
 * @param credential what the browser's {@code PublicKeyCredential.toJSON()} has given
 * @param clientId device or client whose session is opened or resumed
 */
@Schema(name = "PasskeyLoginRequest")
public record PasskeyLoginRequest(
    // A tree: the browser's names are in camelCase, and it may add fields.
    @NotNull(message = "is missing")
        @Schema(type = SchemaType.OBJECT, description = "AuthenticationResponseJSON of the browser")
        JsonNode credential,
    @Size(min = 1, max = 200, message = "must have 1 to 200 characters")
        @Pattern(regexp = Texts.SAYING_LINE, message = Texts.SAYING_LINE_MESSAGE)
        @Nullable String clientId) {
  /** Shows nothing. */
  @Override
  public String toString() {
    return "PasskeyLoginRequest[]";
  }
}
