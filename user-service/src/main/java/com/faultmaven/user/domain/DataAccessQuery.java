package com.faultmaven.user.domain;

import com.faultmaven.common.web.Cursor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the log of reads is asked for. What is null does not matter.
 *
 * @param actorId reads by this account
 * @param userId reads of this account's data
 * @param since reads of this time and later
 * @param until reads before this time
 * @param after the last row that the caller has seen; null for the newest
 * @param limit how many, 1 to 1000
 */
public record DataAccessQuery(
    @Nullable String actorId,
    @Nullable String userId,
    @Nullable Instant since,
    @Nullable Instant until,
    @Nullable Cursor after,
    int limit) {}
