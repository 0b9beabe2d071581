package com.faultmaven.user.domain;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.user.User;
import com.faultmaven.user.domain.RefreshTokenStore.NewToken;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives out pairs of tokens: a signed access token and a stored refresh token. */
@ApplicationScoped
public class TokenIssuer {
  private final RefreshTokenStore tokens;
  private final AccessTokens accessTokens;
  private final SecondFactorRules rules;
  private final RandomTokens random;
  private final TokenSettings settings;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public TokenIssuer(
      RefreshTokenStore tokens,
      AccessTokens accessTokens,
      SecondFactorRules rules,
      RandomTokens random,
      TokenSettings settings,
      Clock clock) {
    this.tokens = tokens;
    this.accessTokens = accessTokens;
    this.rules = rules;
    this.random = random;
    this.settings = settings;
    this.clock = clock;
  }

  /** A refresh token on its way to its owner, with its row. */
  private record Minted(String token, NewToken row) {}

  /** A family that has been stored, with its first refresh token. */
  record Opened(RefreshFamily family, Minted minted) {}

  /** Starts a family for a sign-in and stores its first refresh token. */
  Uni<Opened> open(SqlConnection tx, SignIn signIn, @Nullable String sessionId) {
    Minted minted = mint();
    Instant now = minted.row.issuedAt();
    RefreshFamily family =
        new RefreshFamily(
            Ids.next(),
            signIn.user().userId(),
            signIn.clientId(),
            sessionId,
            signIn.methods(),
            now,
            now.plus(settings.familyLifetime()));
    return tokens.open(tx, family, minted.row).replaceWith(new Opened(family, minted));
  }

  /**
   * The first pair of a family.
   *
   * @param user as stored, with the roles that go into the access token
   */
  Grant grant(SigningKey key, User user, Opened opened) {
    return grant(key, user, opened.family, opened.minted);
  }

  /** Exchanges a refresh token for the next pair; empty when it is good no more. */
  Uni<Optional<Grant>> rotate(SigningKey key, TokenHash used, RequestOrigin origin) {
    Minted minted = mint();
    return tokens
        .rotate(used, minted.row, origin)
        .map(found -> found.map(rotated -> grant(key, rotated.user(), rotated.family(), minted)));
  }

  private Minted mint() {
    String token = random.next();
    Instant now = clock.instant();
    return new Minted(
        token,
        new NewToken(TokenHash.of(token), Ids.next(), now, now.plus(settings.refreshLifetime())));
  }

  private Grant grant(SigningKey key, User user, RefreshFamily family, Minted minted) {
    NewToken row = minted.row;
    Instant end =
        row.expiresAt().isBefore(family.expiresAt()) ? row.expiresAt() : family.expiresAt();
    return new Grant(
        user,
        accessTokens.sign(key, user, row.accessTokenId(), family.sessionId(), family.methods()),
        settings.accessLifetime().toSeconds(),
        minted.token,
        Duration.between(row.issuedAt(), end).toSeconds(),
        family.sessionId(),
        rules.withholdsAdmin(user, family.methods()));
  }
}
