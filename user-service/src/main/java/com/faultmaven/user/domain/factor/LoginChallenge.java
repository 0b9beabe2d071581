package com.faultmaven.user.domain.factor;

import com.faultmaven.user.domain.TokenHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A log-in whose password was right and whose second factor is awaited.
 *
 * @param hash SHA-256 of the challenge that the client was given
 * @param userId whose account
 * @param clientId device or client whose session is opened or resumed; null for none
 * @param attempts codes that were tried, the present one included
 * @param createdAt when the password was right
 * @param expiresAt when one must begin again
 */
public record LoginChallenge(
    TokenHash hash,
    String userId,
    @Nullable String clientId,
    int attempts,
    Instant createdAt,
    Instant expiresAt) {}
