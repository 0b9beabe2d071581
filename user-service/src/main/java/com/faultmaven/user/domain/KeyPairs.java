package com.faultmaven.user.domain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.faultmaven.common.security.AtRestEncryption;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/** Makes signing keys, and brings them into the form in which they are stored and back. */
@ApplicationScoped
public class KeyPairs {
  private static final int COORDINATE_BYTES = 32;

  private final AtRestEncryption encryption;

  /** Wires the bean. */
  @Inject
  public KeyPairs(AtRestEncryption encryption) {
    this.encryption = encryption;
  }

  /** A new P-256 key pair, ready to be stored. */
  public StoredSigningKey generate(Instant now, Instant activeFrom) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      ECPublicKey publicKey = (ECPublicKey) pair.getPublic();
      String keyId = thumbprint(publicKey);
      return stored(keyId, publicKey, pair.getPrivate(), now, activeFrom);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /**
   * Opens a stored key.
   *
   * @throws IllegalStateException when the configured encryption key is not the one that it was
   *     encrypted with
   */
  public SigningKey open(StoredSigningKey key) {
    byte[] pkcs8 =
        encryption.decrypt(
            key.encryptedPrivateKeyBytes(), key.encryptionKeyId(), context(key.keyId()));
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      return new SigningKey(
          key.keyId(),
          (ECPublicKey) factory.generatePublic(new X509EncodedKeySpec(key.publicKeyBytes())),
          factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
          key.activeFrom());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing key " + key.keyId() + " is damaged", e);
    }
  }

  /** Whether the stored key was encrypted with a key of the past. */
  public boolean isOutdated(StoredSigningKey key) {
    return !key.encryptionKeyId().equals(encryption.keyId());
  }

  /** The same stored key, encrypted with today's key. */
  public StoredSigningKey reencrypt(StoredSigningKey key) {
    SigningKey open = open(key);
    return stored(
        key.keyId(), open.publicKey(), open.privateKey(), key.createdAt(), key.activeFrom());
  }

  /** A coordinate of the public key as JWK wants it: 32 bytes, Base64url. */
  public static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(bytes.length, COORDINATE_BYTES);
    System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }

  private StoredSigningKey stored(
      String keyId, ECPublicKey publicKey, PrivateKey privateKey, Instant now, Instant activeFrom) {
    byte[] sealed = encryption.encrypt(privateKey.getEncoded(), context(keyId));
    return new StoredSigningKey(
        keyId,
        Base64.getEncoder().encodeToString(publicKey.getEncoded()),
        Base64.getEncoder().encodeToString(sealed),
        encryption.keyId(),
        now,
        activeFrom);
  }

  private static String context(String keyId) {
    return "signing key " + keyId;
  }

  private static String thumbprint(ECPublicKey key) throws GeneralSecurityException {
    String canonical =
        "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}"
            .formatted(coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(US_ASCII));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }
}
