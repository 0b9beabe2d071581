package com.faultmaven.user.domain;

import com.faultmaven.common.model.user.Role;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.security.Roles;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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
    Instant now = clock.instant();
    JwtClaimsBuilder claims =
        Jwt.issuer(issuer)
            .audience(audience)
            .subject(user.userId())
            .upn(user.username())
            .groups(
                rules.rolesOf(user, methods).stream()
                    .map(Role::wireName)
                    .collect(Collectors.toSet()))
            .claim("jti", tokenId)
            .claim("amr", SignInMethod.references(methods))
            .issuedAt(now)
            .expiresAt(now.plus(settings.accessLifetime()));
    if (sessionId != null) {
      claims.claim("sid", sessionId);
    }
    return sign(key, claims);
  }

  /**
   * Signs a token of a service of the suite.
   *
   * @param service its name, the token's {@code sub}
   */
  public String signService(SigningKey key, String service, String tokenId) {
    Instant now = clock.instant();
    return sign(
        key,
        Jwt.issuer(issuer)
            .audience(audience)
            .subject(service)
            .upn(service)
            .groups(Roles.SERVICE)
            .claim("jti", tokenId)
            .issuedAt(now)
            .expiresAt(now.plus(settings.accessLifetime())));
  }

  private static String sign(SigningKey key, JwtClaimsBuilder claims) {
    return claims
        .jws()
        .keyId(key.keyId())
        .algorithm(SignatureAlgorithm.ES256)
        .sign(key.privateKey());
  }
}
