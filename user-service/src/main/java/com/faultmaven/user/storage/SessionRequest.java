package com.faultmaven.user.storage;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What session-service needs to open a session.
 *
 * @param clientId the device or client, as it names itself
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SessionRequest(String clientId) {}
