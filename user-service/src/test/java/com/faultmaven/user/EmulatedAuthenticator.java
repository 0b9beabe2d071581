package com.faultmaven.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An authenticator with one passkey, and the browser before it. It does as WebAuthn says, unless a
 * test makes it lie.
 */
public final class EmulatedAuthenticator {
  /** A user was there. */
  public static final int USER_PRESENT = 0x01;

  /** The user has proved to be its owner. */
  public static final int USER_VERIFIED = 0x04;

  private static final int BACKUP_ELIGIBLE = 0x08;
  private static final int BACKED_UP = 0x10;
  private static final int HAS_CREDENTIAL = 0x40;

  private final KeyPair keys;
  private final int algorithm;
  private final byte[] credentialId;
  private byte[] userHandle = new byte[0];

  /** What the browser says the page is. */
  public String origin = "http://localhost:8080";

  /** Whose passkey the authenticator thinks it is. */
  public String relyingParty = "localhost";

  /** What the browser says is done; null for the truth. */
  public @Nullable String type;

  /** Whether the page was within another's. */
  public boolean crossOrigin;

  /** What the authenticator says about user and backup. */
  public int flags = USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE | BACKED_UP;

  /** Uses so far. */
  public long counter;

  /** Whether it counts its uses. */
  public boolean counts = true;

  private EmulatedAuthenticator(KeyPair keys, int algorithm) {
    this.keys = keys;
    this.algorithm = algorithm;
    credentialId = new byte[32];
    new SecureRandom().nextBytes(credentialId);
  }

  /** With a key on P-256. */
  public static EmulatedAuthenticator es256() {
    return onCurve("secp256r1", -7);
  }

  /** With a key on another curve than it may be. */
  public static EmulatedAuthenticator onCurve(String curve, int algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return new EmulatedAuthenticator(generator.generateKeyPair(), algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With an RSA key of so many bits. */
  public static EmulatedAuthenticator rs256(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new EmulatedAuthenticator(generator.generateKeyPair(), -257);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Base64url of the credential's id. */
  public String credentialId() {
    return text(credentialId);
  }

  /** Makes the passkey, as {@code navigator.credentials.create} does. */
  public JsonObject create(JsonObject options) {
    userHandle = bytes(options.getJsonObject("user").getString("id"));
    byte[] object =
        cbor()
            .map(3)
            .text("fmt")
            .text("none")
            .text("attStmt")
            .map(0)
            .text("authData")
            .bytes(authenticatorData(flags | HAS_CREDENTIAL, attestedCredential()))
            .toBytes();
    return credential(
        new JsonObject()
            .put("clientDataJSON", text(clientData("webauthn.create", options)))
            .put("attestationObject", text(object))
            .put("transports", new JsonArray().add("internal").add("hybrid")));
  }

  /** Signs in, as {@code navigator.credentials.get} does. */
  public JsonObject get(JsonObject options) {
    if (counts) {
      counter++;
    }
    byte[] client = clientData("webauthn.get", options);
    byte[] data = authenticatorData(flags, new byte[0]);
    return credential(
        new JsonObject()
            .put("clientDataJSON", text(client))
            .put("authenticatorData", text(data))
            .put("signature", text(sign(concat(data, sha256(client)))))
            .put("userHandle", text(userHandle)));
  }

  private JsonObject credential(JsonObject response) {
    return new JsonObject()
        .put("id", credentialId())
        .put("rawId", credentialId())
        .put("type", "public-key")
        .put("authenticatorAttachment", "platform")
        .put("clientExtensionResults", new JsonObject().put("credProps", new JsonObject()))
        .put("response", response);
  }

  private byte[] clientData(String truth, JsonObject options) {
    return new JsonObject()
        .put("type", type == null ? truth : type)
        .put("challenge", options.getString("challenge"))
        .put("origin", origin)
        .put("crossOrigin", crossOrigin)
        .put("other_keys_can_be_added_here", "do not compare clientDataJSON against a template")
        .encode()
        .getBytes(UTF_8);
  }

  private byte[] authenticatorData(int allFlags, byte[] credential) {
    return ByteBuffer.allocate(37 + credential.length)
        .put(sha256(relyingParty.getBytes(UTF_8)))
        .put((byte) allFlags)
        .putInt((int) counter)
        .put(credential)
        .array();
  }

  private byte[] attestedCredential() {
    byte[] key = publicKey();
    return ByteBuffer.allocate(18 + credentialId.length + key.length)
        .put(new byte[16])
        .putShort((short) credentialId.length)
        .put(credentialId)
        .put(key)
        .array();
  }

  private byte[] publicKey() {
    if (keys.getPublic() instanceof RSAPublicKey rsa) {
      return cbor()
          .map(4)
          .number(1)
          .number(3)
          .number(3)
          .number(algorithm)
          .number(-1)
          .bytes(unsigned(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8))
          .number(-2)
          .bytes(unsigned(rsa.getPublicExponent(), 3))
          .toBytes();
    }
    ECPublicKey ec = (ECPublicKey) keys.getPublic();
    int bits = ec.getParams().getCurve().getField().getFieldSize();
    int size = (bits + 7) / 8;
    return cbor()
        .map(5)
        .number(1)
        .number(2)
        .number(3)
        .number(algorithm)
        .number(-1)
        .number(bits == 256 ? 1 : 2)
        .number(-2)
        .bytes(unsigned(ec.getW().getAffineX(), size))
        .number(-3)
        .bytes(unsigned(ec.getW().getAffineY(), size))
        .toBytes();
  }

  private byte[] sign(byte[] message) {
    try {
      Signature signature =
          Signature.getInstance(algorithm == -257 ? "SHA256withRSA" : "SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] unsigned(BigInteger number, int size) {
    byte[] signed = number.toByteArray();
    byte[] all = new byte[size];
    int length = Math.min(size, signed.length);
    System.arraycopy(signed, signed.length - length, all, size - length, length);
    return all;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Base64url without padding. */
  public static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes of Base64url. */
  public static byte[] bytes(String base64url) {
    return Base64.getUrlDecoder().decode(base64url);
  }

  private static Cbor cbor() {
    return new Cbor();
  }

  /** As much of RFC 8949 as an authenticator needs. */
  private static final class Cbor {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Cbor map(int size) {
      return head(5, size);
    }

    Cbor number(int number) {
      return number < 0 ? head(1, -1 - number) : head(0, number);
    }

    Cbor text(String text) {
      byte[] utf8 = text.getBytes(UTF_8);
      head(3, utf8.length).out.writeBytes(utf8);
      return this;
    }

    Cbor bytes(byte[] bytes) {
      head(2, bytes.length).out.writeBytes(bytes);
      return this;
    }

    byte[] toBytes() {
      return out.toByteArray();
    }

    private Cbor head(int type, int value) {
      int high = type << 5;
      if (value < 24) {
        out.write(high | value);
      } else if (value < 256) {
        out.write(high | 24);
        out.write(value);
      } else {
        out.write(high | 25);
        out.write(value >> 8);
        out.write(value);
      }
      return this;
    }
  }
}
