package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.security.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Makes access tokens: JWT, ES256, 15 minutes (decisions, section 7). */
@ApplicationScoped
public class AccessTokens {
  private final TokenSettings settings;
  private final SecondFactorRules rules;
  private final Clock clock;
  private final String issuer;
  private final String audience;

  /** Wires the bean. */
  @Inject
  public AccessTokens(
      TokenSettings settings,
      SecondFactorRules rules,
      Clock clock,
      @ConfigProperty(name = "faultmaven.issuer") String issuer,
      @ConfigProperty(name = "faultmaven.audience") String audience) {
    this.settings = settings;
    this.rules = rules;
    this.clock = clock;
    this.issuer = issuer;
    this.audience = audience;
  }

  /**
   * Signs a token.
   *
   * @param tokenId its {@code jti}
   * @param sessionId its {@code sid}; null when there is no session
   * @param methods how its owner has signed in: its {@code amr}, and what its roles depend on
   */
  public String sign(
      SigningKey key,
      User user,
      String tokenId,
      @Nullable String sessionId,
      Set<SignInMethod> methods) {
    List<String> roles =
        rules.rolesOf(user, methods).stream().sorted().map(Role::wireName).toList();
    JwtClaims claims = claims(user.userId(), user.username(), roles, tokenId);
    claims.setStringListClaim("amr", SignInMethod.references(methods));
    if (sessionId != null) {
      claims.setClaim("sid", sessionId);
    }
    return sign(key, claims);
  }

  /**
   * Signs a token of a service of the suite.
   *
   * @param service its name, the token's {@code sub}
   */
  public String signService(SigningKey key, String service, String tokenId) {
    return sign(key, claims(service, service, List.of(Roles.SERVICE), tokenId));
  }

  private JwtClaims claims(String subject, String name, List<String> roles, String tokenId) {
    NumericDate now = NumericDate.fromMilliseconds(clock.millis());
    NumericDate end = NumericDate.fromSeconds(now.getValue());
    end.addSeconds(settings.accessLifetime().toSeconds());
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(audience);
    claims.setSubject(subject);
    claims.setClaim("upn", name);
    claims.setStringListClaim("groups", roles);
    claims.setJwtId(tokenId);
    claims.setIssuedAt(now);
    claims.setExpirationTime(end);
    return claims;
  }

  private static String sign(SigningKey key, JwtClaims claims) {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setHeader("typ", "JWT");
    signature.setKeyIdHeaderValue(key.keyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
    signature.setPayload(claims.toJson());
    signature.setKey(key.privateKey());
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("signing key " + key.keyId() + " does not sign", e);
    }
  }
}
