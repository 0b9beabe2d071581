package com.faultmaven.common.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

/** What is remembered of tokens and how long, by a clock that tests set. */
class TokenVerificationTest {
  private static final String REQUEST = "io.vertx.ext.web.RoutingContext";

  private final SettableClock clock = new SettableClock();
  private final Issuer issuer = new Issuer();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

  @Test
  void verifiesATokenOnce() {
    TokenVerification verification = verification(10, Duration.ofMinutes(1));
    String token = issuer.issue("ada", Duration.ofMinutes(15), Roles.USER, Roles.ANALYST);

    SecurityIdentity first = authenticate(verification, token);
    SecurityIdentity second = authenticate(verification, token);

    assertThat(issuer.verified).containsExactly(token);
    for (SecurityIdentity identity : List.of(first, second)) {
      assertThat(identity.getRoles()).containsExactlyInAnyOrder(Roles.USER, Roles.ANALYST);
      assertThat(((JsonWebToken) identity.getPrincipal()).getSubject()).isEqualTo("ada");
      assertThat(identity.getCredential(AccessTokenCredential.class).getToken()).isEqualTo(token);
    }
    assertThat(metrics.counter("faultmaven.token-cache.misses").count()).isEqualTo(1);
    assertThat(metrics.counter("faultmaven.token-cache.hits").count()).isEqualTo(1);
    assertThat(metrics.get("faultmaven.token-cache.size").gauge().value()).isEqualTo(1);
  }

  @Test
  void keepsNothingOfTheRequest() {
    TokenVerification verification = verification(10, Duration.ofMinutes(1));
    String token = issuer.issue("ada", Duration.ofMinutes(15));

    assertThat(authenticate(verification, token).getAttributes()).isEmpty();
    assertThat(authenticate(verification, token).getAttributes()).isEmpty();
  }

  @Test
  void refusesATokenThatExpiresWhileItIsRemembered() {
    TokenVerification verification = verification(10, Duration.ofMinutes(1));
    String token = issuer.issue("ada", Duration.ofSeconds(20));
    authenticate(verification, token);

    clock.advance(Duration.ofSeconds(19));
    authenticate(verification, token);
    clock.advance(Duration.ofSeconds(1));

    assertThatThrownBy(() -> authenticate(verification, token))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThat(issuer.verified).hasSize(2);
  }

  @Test
  void verifiesAgainAfterTheLifetimeHoweverOftenATokenComes() {
    TokenVerification verification = verification(10, Duration.ofMinutes(1));
    String token = issuer.issue("ada", Duration.ofMinutes(15));
    for (int second = 0; second < 60; second++) {
      authenticate(verification, token);
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(issuer.verified).hasSize(1);

    issuer.withdrawKey();

    assertThatThrownBy(() -> authenticate(verification, token))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void remembersNoRefusal() {
    TokenVerification verification = verification(10, Duration.ofMinutes(1));
    String token = "unknown.to.the-issuer";

    assertThatThrownBy(() -> authenticate(verification, token))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThatThrownBy(() -> authenticate(verification, token))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThat(issuer.verified).containsExactly(token, token);
    assertThat(metrics.get("faultmaven.token-cache.size").gauge().value()).isZero();
  }

  @Test
  void refusesARememberedTokenWithAnotherSignature() {
    TokenVerification verification = verification(10, Duration.ofMinutes(1));
    String token = issuer.issue("ada", Duration.ofMinutes(15));
    authenticate(verification, token);

    assertThatThrownBy(() -> authenticate(verification, token + "x"))
        .isInstanceOf(AuthenticationFailedException.class);
    assertThatThrownBy(() -> authenticate(verification, token.substring(0, token.length() - 1)))
        .isInstanceOf(AuthenticationFailedException.class);
  }

  @Test
  void neverMixesTokensUp() {
    TokenVerification verification = verification(1_000, Duration.ofMinutes(1));
    Map<String, String> users = new HashMap<>();
    for (int i = 0; i < 500; i++) {
      users.put(issuer.issue("user-" + i, Duration.ofMinutes(15), "role-" + i), "" + i);
    }
    for (int round = 0; round < 2; round++) {
      users.forEach(
          (token, number) -> {
            SecurityIdentity identity = authenticate(verification, token);
            assertThat(((JsonWebToken) identity.getPrincipal()).getSubject())
                .isEqualTo("user-" + number);
            assertThat(identity.getRoles()).containsExactly("role-" + number);
          });
    }
    assertThat(issuer.verified).hasSize(500);
  }

  @Test
  void remembersNoMoreThanItMay() {
    VerifiedTokens tokens = tokens(50, Duration.ofMinutes(1));
    TokenVerification verification = new TokenVerification(issuer, tokens);
    for (int i = 0; i < 1_000; i++) {
      authenticate(verification, issuer.issue("user-" + i, Duration.ofMinutes(15)));
    }

    assertThat(tokens.size()).isPositive().isLessThanOrEqualTo(50);
  }

  @Test
  void remembersNothingWhenSwitchedOff() {
    TokenVerification verification = verification(0, Duration.ofMinutes(1));
    String token = issuer.issue("ada", Duration.ofMinutes(15));
    authenticate(verification, token);
    authenticate(verification, token);

    assertThat(issuer.verified).hasSize(2);
  }

  @Test
  void remembersNoTokenWithoutAnEnd() {
    TokenVerification verification = verification(10, Duration.ofMinutes(1));
    String token = issuer.issue("ada", null);
    authenticate(verification, token);
    authenticate(verification, token);

    assertThat(issuer.verified).hasSize(2);
  }

  private TokenVerification verification(int size, Duration lifetime) {
    return new TokenVerification(issuer, tokens(size, lifetime));
  }

  private VerifiedTokens tokens(int size, Duration lifetime) {
    TokenCacheSettings settings =
        new TokenCacheSettings() {
          @Override
          public int size() {
            return size;
          }

          @Override
          public Duration lifetime() {
            return lifetime;
          }
        };
    return new VerifiedTokens(settings, clock, metrics);
  }

  private static SecurityIdentity authenticate(TokenVerification verification, String token) {
    TokenAuthenticationRequest request =
        new TokenAuthenticationRequest(new AccessTokenCredential(token));
    return verification.authenticate(request, new NoBlocking()).await().indefinitely();
  }

  /** Stands for quarkus-oidc: knows what it has issued, and puts the request into the identity. */
  private final class Issuer implements IdentityProvider<TokenAuthenticationRequest> {
    private final Map<String, JwtClaims> issued = new HashMap<>();
    private final Map<String, String[]> roles = new HashMap<>();
    private final List<String> verified = new ArrayList<>();

    String issue(String subject, @org.jspecify.annotations.Nullable Duration life, String... in) {
      JwtClaims claims = new JwtClaims();
      claims.setSubject(subject);
      if (life != null) {
        claims.setExpirationTime(
            NumericDate.fromMilliseconds(clock.instant().plus(life).toEpochMilli()));
      }
      String token = "header." + subject + ".signature" + issued.size();
      issued.put(token, claims);
      roles.put(token, in);
      return token;
    }

    void withdrawKey() {
      issued.clear();
    }

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
      return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
        TokenAuthenticationRequest request, AuthenticationRequestContext context) {
      AccessTokenCredential credential = (AccessTokenCredential) request.getToken();
      String token = credential.getToken();
      verified.add(token);
      JwtClaims claims = issued.get(token);
      if (claims == null) {
        return Uni.createFrom().failure(new AuthenticationFailedException());
      }
      JsonWebToken principal = new OidcJwtCallerPrincipal(claims, credential);
      long end = principal.getExpirationTime();
      if (end != 0 && !Instant.ofEpochSecond(end).isAfter(clock.instant())) {
        return Uni.createFrom().failure(new AuthenticationFailedException());
      }
      QuarkusSecurityIdentity.Builder identity =
          QuarkusSecurityIdentity.builder()
              .setPrincipal(principal)
              .addCredential(credential)
              .addAttribute(REQUEST, new Object());
      for (String role : roles.getOrDefault(token, new String[0])) {
        identity.addRole(role);
      }
      return Uni.createFrom().item(identity.build());
    }
  }

  private static final class NoBlocking implements AuthenticationRequestContext {
    @Override
    public Uni<SecurityIdentity> runBlocking(Supplier<SecurityIdentity> function) {
      throw new IllegalStateException("a token is verified without blocking");
    }
  }

  private static final class SettableClock extends Clock {
    private Instant now = Instant.parse("2026-01-31T12:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
