package com.faultmaven.session.api;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a client's session.
 *
 * @param clientId the device or client, any text of at most 200 characters
 * @param ttl seconds that the session lives without activity
 */
@Schema(name = "OpenSession")
public record OpenSessionRequest(
    @NotNull
        @Schema(
            description = "Device or client that may resume the session",
            required = true,
            minLength = 1,
            maxLength = 200,
            examples = "laptop-firefox")
        String clientId,
    @Schema(
            description =
                "Seconds that the session lives without activity, 60 to 86400; 1800 when left out",
            examples = "1800")
        @Nullable Long ttl) {}
