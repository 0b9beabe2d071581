package com.faultmaven.session.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Changes a session.
 *
 * @param ttl seconds that the session lives without activity; left out, the session is extended
 */
@Schema(name = "ChangeSession")
public record ChangeSessionRequest(
    @Schema(
            description = "Seconds that the session lives without activity, 60 to 86400",
            examples = "3600")
        @Nullable Long ttl) {}
