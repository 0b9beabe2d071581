package com.faultmaven.user.domain;

import java.time.Instant;

/**
 * An account that nobody has used for a while.
 *
 * @param userId its id
 * @param lastSeenAt the last sign-in; without one, its registration
 */
public record InactiveAccount(String userId, Instant lastSeenAt) {}
