package com.faultmaven.user.api;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A passkey to be added.
 *
 * @param name what its owner calls it
 * @param credential what the browser's {@code PublicKeyCredential.toJSON()} has given
 */
@Schema(name = "PasskeyRequest")
public record PasskeyRequest(
    @NotNull(message = "is missing")
        @Size(min = 1, max = 100, message = "must have 1 to 100 characters")
        @Pattern(regexp = Texts.SAYING_LINE, message = Texts.SAYING_LINE_MESSAGE)
        @Schema(examples = "Laptop")
        String name,
    // A tree: the browser's names are in camelCase, and it may add fields.
    @NotNull(message = "is missing")
        @Schema(type = SchemaType.OBJECT, description = "RegistrationResponseJSON of the browser")
        JsonNode credential) {
  /** Shows the name alone. */
  @Override
  public String toString() {
    return "PasskeyRequest[" + name + "]";
  }
}
