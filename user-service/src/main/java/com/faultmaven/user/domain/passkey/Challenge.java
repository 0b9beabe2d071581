package com.faultmaven.user.domain.passkey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an authenticator has to sign.
 *
 * @param value the challenge itself, Base64url
 * @param expiresAt when it ceases to be accepted
 * @param userId the account that a passkey may be added to with it; null when it is for signing in
 * @param userHandle what the new passkey's authenticator calls that account, Base64url; null when
 *     it is for signing in
 */
public record Challenge(
    String value, Instant expiresAt, @Nullable String userId, @Nullable String userHandle) {}
