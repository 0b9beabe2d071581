package com.faultmaven.user.domain;

import com.faultmaven.common.web.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the audit log is asked for.
 *
 * @param userId events of this account alone; null for all
 * @param type events of this type alone; null for all
 * @param after the last event that the caller has seen; null for the newest
 * @param limit how many, 1 to 200
 */
public record AuthEventQuery(
    @Nullable String userId, @Nullable AuthEventType type, @Nullable Cursor after, int limit) {}
