package com.faultmaven.user.domain.sso;

import com.faultmaven.user.domain.TokenHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A log-in that has been started and waits for its callback.
 *
 * @param state hash of the {@code state} parameter
 * @param provider where it was started
 * @param browser hash of the cookie of the browser that started it
 * @param nonce hash of what the ID token must hold
 * @param sealedVerifier PKCE code verifier, encrypted
 * @param encryptionKeyId which key encrypted it
 * @param clientId device or client whose session is opened, null for none
 * @param createdAt when it was started
 * @param expiresAt when it is too late
 */
public record SsoLogin(
    TokenHash state,
    String provider,
    TokenHash browser,
    TokenHash nonce,
    String sealedVerifier,
    String encryptionKeyId,
    @Nullable String clientId,
    Instant createdAt,
    Instant expiresAt) {
  /** Names the provider alone. */
  @Override
  public String toString() {
    return "SsoLogin[" + provider + "]";
  }
}
