package com.faultmaven.session.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Answer to a heartbeat.
 *
 * @param sessionId id of the session
 * @param expiresIn seconds that it has left
 */
@Schema(name = "Heartbeat")
public record HeartbeatResponse(
    String sessionId, @Schema(description = "Seconds left", examples = "1800") long expiresIn) {}
