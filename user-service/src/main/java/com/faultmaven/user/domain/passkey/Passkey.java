package com.faultmaven.user.domain.passkey;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A passkey of an account. What is binary is in Base64url without padding.
 *
 * @param passkeyId id
 * @param userId whose it is
 * @param credentialId the authenticator's id of it, at most 1023 bytes
 * @param publicKey what its signatures are checked with, a COSE key
 * @param signCount the authenticator's counter when it was last used; 0 when it does not count
 * @param userHandle what the authenticator calls the account: random bytes that say nothing
 * @param aaguid kind of authenticator, as it says itself
 * @param name what its owner calls it
 * @param transports how browsers may reach the authenticator
 * @param backupEligible whether it may be copied to other devices
 * @param backedUp whether it has been, when it was last used
 * @param createdAt when it was added
 * @param lastUsedAt last sign-in with it; null before the first
 */
public record Passkey(
    String passkeyId,
    String userId,
    String credentialId,
    String publicKey,
    long signCount,
    String userHandle,
    String aaguid,
    String name,
    List<String> transports,
    boolean backupEligible,
    boolean backedUp,
    Instant createdAt,
    @Nullable Instant lastUsedAt) {
  public Passkey {
    transports = List.copyOf(transports);
  }

  /** What its owner sees. */
  public PasskeySummary summary() {
    return new PasskeySummary(passkeyId, name, createdAt, lastUsedAt, backedUp, transports);
  }
}
