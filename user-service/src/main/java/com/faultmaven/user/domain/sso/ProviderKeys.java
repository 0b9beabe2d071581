package com.faultmaven.user.domain.sso;

import java.security.Key;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** A provider's public keys that verify signatures. */
public final class ProviderKeys {
  private final List<PublicJsonWebKey> keys;

  private ProviderKeys(List<PublicJsonWebKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads a key set; keys of kinds that we do not know are left out.
   *
   * @throws JoseException when it is none
   */
  public static ProviderKeys parse(String json) throws JoseException {
    return new ProviderKeys(
        new JsonWebKeySet(json)
            .getJsonWebKeys().stream()
                .filter(PublicJsonWebKey.class::isInstance)
                .map(PublicJsonWebKey.class::cast)
                .filter(key -> key.getUse() == null || "sig".equals(key.getUse()))
                .toList());
  }

  /**
   * The key of an id that is made for an algorithm.
   *
   * @param keyId null is good for a provider's only key (OpenID Connect Core, section 10.1)
   */
  public Optional<Key> find(@Nullable String keyId, String algorithm) {
    String type =
        algorithm.startsWith("ES") ? EllipticCurveJsonWebKey.KEY_TYPE : RsaJsonWebKey.KEY_TYPE;
    return keys.stream()
        .filter(key -> keyId == null ? keys.size() == 1 : keyId.equals(key.getKeyId()))
        .filter(key -> type.equals(key.getKeyType()))
        .filter(key -> key.getAlgorithm() == null || algorithm.equals(key.getAlgorithm()))
        .<Key>map(PublicJsonWebKey::getPublicKey)
        .findFirst();
  }
}
