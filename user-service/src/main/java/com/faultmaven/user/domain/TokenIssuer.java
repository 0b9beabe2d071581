package com.faultmaven.user.domain;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.user.User;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Gives out pairs of tokens: a signed access token and a stored refresh token. */
@ApplicationScoped
public class TokenIssuer {
  private static final int TOKEN_BYTES = 32;

  private final RefreshTokenStore tokens;
  private final AccessTokens accessTokens;
  private final SecondFactorRules rules;
  private final TokenSettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Wires the bean. */
  @Inject
  public TokenIssuer(
      RefreshTokenStore tokens,
      AccessTokens accessTokens,
      SecondFactorRules rules,
      TokenSettings settings,
      Clock clock) {
    this.tokens = tokens;
    this.accessTokens = accessTokens;
    this.rules = rules;
    this.settings = settings;
    this.clock = clock;
  }

  /** Starts a family for a log-in and gives its first pair. */
  public Uni<Grant> open(
      SqlConnection tx, SigningKey key, User user, SignIn signIn, @Nullable String sessionId) {
    Instant now = clock.instant();
    RefreshFamily family =
        new RefreshFamily(
            Ids.next(),
            user.userId(),
            signIn.clientId(),
            sessionId,
            signIn.methods(),
            now,
            now.plus(settings.familyLifetime()),
            null);
    return tokens.open(tx, family).flatMap(opened -> next(tx, key, user, family));
  }

  /** Gives the next pair of a family. */
  public Uni<Grant> next(SqlConnection tx, SigningKey key, User user, RefreshFamily family) {
    Instant now = clock.instant();
    Instant end = now.plus(settings.refreshLifetime());
    Instant expiresAt = end.isBefore(family.expiresAt()) ? end : family.expiresAt();
    String refreshToken = newToken();
    String accessTokenId = Ids.next();
    Grant grant =
        new Grant(
            user,
            accessTokens.sign(key, user, accessTokenId, family.sessionId(), family.methods()),
            settings.accessLifetime().toSeconds(),
            refreshToken,
            Duration.between(now, expiresAt).toSeconds(),
            family.sessionId(),
            rules.withholdsAdmin(user, family.methods()));
    RefreshToken row = new RefreshToken(RefreshTokenHash.of(refreshToken), family, expiresAt, null);
    return tokens.add(tx, row, accessTokenId, now).replaceWith(grant);
  }

  private String newToken() {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }
}
