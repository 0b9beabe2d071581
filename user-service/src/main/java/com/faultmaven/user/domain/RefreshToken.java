package com.faultmaven.user.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token as it is stored: without the token.
 *
 * @param hash SHA-256 of the token, 32 bytes
 * @param family where it belongs
 * @param expiresAt when it ends by itself
 * @param usedAt when it was exchanged, null while it may be
 */
public record RefreshToken(
    RefreshTokenHash hash, RefreshFamily family, Instant expiresAt, @Nullable Instant usedAt) {}
