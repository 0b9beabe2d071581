package com.faultmaven.user.api;

import com.faultmaven.user.domain.KeyPairs;
import com.faultmaven.user.domain.SigningKey;
import java.security.spec.ECPoint;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A public key that verifies access tokens (RFC 7517).
 *
 * @param kty always {@code EC}
 * @param crv always {@code P-256}
 * @param use always {@code sig}
 * @param alg always {@code ES256}
 * @param kid the key's name in tokens
 * @param x first coordinate
 * @param y second coordinate
 */
@Schema(name = "JsonWebKey")
public record JsonWebKey(
    String kty, String crv, String use, String alg, String kid, String x, String y) {
  static JsonWebKey of(SigningKey key) {
    ECPoint point = key.publicKey().getW();
    return new JsonWebKey(
        "EC",
        "P-256",
        "sig",
        "ES256",
        key.keyId(),
        KeyPairs.coordinate(point.getAffineX()),
        KeyPairs.coordinate(point.getAffineY()));
  }
}
