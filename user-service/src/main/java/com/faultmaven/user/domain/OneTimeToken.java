package com.faultmaven.user.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that came by mail, as it is stored: without the token.
 *
 * @param hash SHA-256 of the token
 * @param purpose what it is good for
 * @param userId whose
 * @param email the address that it went to
 * @param createdAt when it was made
 * @param expiresAt when it ends by itself
 * @param usedAt when it was used, null while it may be
 */
public record OneTimeToken(
    TokenHash hash,
    TokenPurpose purpose,
    String userId,
    String email,
    Instant createdAt,
    Instant expiresAt,
    @Nullable Instant usedAt) {}
