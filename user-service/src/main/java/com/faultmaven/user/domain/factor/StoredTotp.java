package com.faultmaven.user.domain.factor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An account's authenticator application as it is stored.
 *
 * @param userId whose
 * @param sealedSecret the secret, encrypted, Base64
 * @param encryptionKeyId which key encrypted it
 * @param createdAt when it was made
 * @param confirmedAt when a code proved that the application has it; null before, when it does not
 *     count yet
 * @param lastStep the last time step whose code was used
 */
public record StoredTotp(
    String userId,
    String sealedSecret,
    String encryptionKeyId,
    Instant createdAt,
    @Nullable Instant confirmedAt,
    long lastStep) {
  /** Names the account alone. */
  @Override
  public String toString() {
    return "StoredTotp[" + userId + "]";
  }
}
