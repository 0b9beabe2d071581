package com.faultmaven.user.domain.privacy;

import java.time.Instant;

/**
 * The permission to fetch an export of a user's data for a while. Nothing is stored for it: the
 * data are read when it is fetched, and are as they are then.
 *
 * @param exportId id
 * @param userId whose data
 * @param requestedBy who asked for it: the user or an admin
 * @param requestedAt when
 * @param expiresAt until when it may be fetched
 */
public record Export(
    String exportId, String userId, String requestedBy, Instant requestedAt, Instant expiresAt) {}
