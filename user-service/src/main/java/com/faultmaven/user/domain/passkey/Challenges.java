package com.faultmaven.user.domain.passkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.faultmaven.common.security.AtRestEncryption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes challenges, and knows its own again.
 *
 * <p>A challenge is not stored when it is made: anyone may ask for one to sign in, and would fill a
 * table. It carries what must be remembered (purpose, end, account, user handle), encrypted and
 * authenticated with a key that all replicas have, under a nonce of 96 random bits, so that nobody
 * can foretell, make or alter one. Only a challenge that has done its work is stored, by the
 * transaction that does it and until it has expired ({@link PasskeyStore#useChallenge}): so each
 * works once. A stolen challenge is worth nothing, for it is the authenticator's signature over it
 * that counts.
 */
@ApplicationScoped
public class Challenges {
  private static final String CONTEXT = "passkey-challenge";
  private static final int KEY_ID_BYTES = 4;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final AtRestEncryption encryption;
  private final PasskeySettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public Challenges(AtRestEncryption encryption, PasskeySettings settings, Clock clock) {
    this.encryption = encryption;
    this.settings = settings;
    this.clock = clock;
  }

  /** A challenge for signing in. */
  public String forSignIn() {
    return seal(end().toString());
  }

  /**
   * A challenge for adding a passkey to an account.
   *
   * @param userHandle what the authenticator is told to call the account, Base64url
   */
  public String forRegistration(String userId, String userHandle) {
    return seal(end() + " " + userHandle + " " + userId);
  }

  /** The challenge that these bytes are; empty when it is none of ours or has expired. */
  public Optional<Challenge> open(byte[] sealed) {
    return decrypt(sealed)
        .map(plain -> challenge(ENCODER.encodeToString(sealed), plain.split(" ", 3)))
        .filter(challenge -> clock.instant().isBefore(challenge.expiresAt()));
  }

  private Instant end() {
    return clock.instant().plus(settings.challengeLifetime());
  }

  private String seal(String plain) {
    byte[] keyId = HexFormat.of().parseHex(encryption.keyId());
    byte[] cipherText = encryption.encrypt(plain.getBytes(US_ASCII), CONTEXT);
    byte[] sealed = Arrays.copyOf(keyId, KEY_ID_BYTES + cipherText.length);
    System.arraycopy(cipherText, 0, sealed, KEY_ID_BYTES, cipherText.length);
    return ENCODER.encodeToString(sealed);
  }

  private Optional<String> decrypt(byte[] sealed) {
    if (sealed.length <= KEY_ID_BYTES) {
      return Optional.empty();
    }
    String keyId = HexFormat.of().formatHex(sealed, 0, KEY_ID_BYTES);
    byte[] cipherText = Arrays.copyOfRange(sealed, KEY_ID_BYTES, sealed.length);
    try {
      return Optional.of(new String(encryption.decrypt(cipherText, keyId, CONTEXT), US_ASCII));
    } catch (IllegalStateException notOurs) {
      return Optional.empty();
    }
  }

  private static Challenge challenge(String value, String[] parts) {
    return new Challenge(value, Instant.parse(parts[0]), part(parts, 2), part(parts, 1));
  }

  private static @Nullable String part(String[] parts, int index) {
    return index < parts.length ? parts[index] : null;
  }
}
