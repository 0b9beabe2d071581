package com.faultmaven.user.domain.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail that waits to be delivered.
 *
 * @param mailId id
 * @param kind what it is about
 * @param userId whose account
 * @param recipient address
 * @param token the token that it carries, sealed; null when it carries none
 * @param attempts how often its delivery was tried, the present attempt included
 * @param createdAt when it was queued
 */
public record QueuedMail(
    String mailId,
    MailKind kind,
    String userId,
    String recipient,
    @Nullable SealedToken token,
    int attempts,
    Instant createdAt) {
  /**
   * A token that only this service can read again.
   *
   * @param sealed cipher text, Base64
   * @param keyId which key sealed it
   */
  public record SealedToken(String sealed, String keyId) {}
}
