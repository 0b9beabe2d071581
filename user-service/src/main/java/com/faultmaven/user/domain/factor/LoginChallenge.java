package com.faultmaven.user.domain.factor;

import com.faultmaven.user.domain.ProviderLink;
import com.faultmaven.user.domain.TokenHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A log-in whose password was right, or for which another issuer has vouched, and whose second
 * factor is awaited.
 *
 * @param hash SHA-256 of the challenge that the client was given
 * @param userId whose account
 * @param clientId device or client whose session is opened or resumed; null for none
 * @param link what ties the account to somebody at another issuer in the end; null when the
 *     password was right
 * @param attempts codes that were tried, the present one included
 * @param createdAt when that was
 * @param expiresAt when one must begin again
 */
public record LoginChallenge(
    TokenHash hash,
    String userId,
    @Nullable String clientId,
    @Nullable ProviderLink link,
    int attempts,
    Instant createdAt,
    Instant expiresAt) {}
