package com.faultmaven.user.domain;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.event.Outbox;
import com.faultmaven.common.event.UserLoggedIn;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.user.User;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The last step of every sign-in, however it was proved: the client's session, then in one
 * transaction the log-in on the account, its audit, its event and the first pair of tokens.
 */
@ApplicationScoped
public class SignInCompletion {
  private final AccountStore accounts;
  private final SigningKeys keys;
  private final TokenIssuer issuer;
  private final AccessTokens accessTokens;
  private final SessionOpener sessions;
  private final LoginThrottle throttle;
  private final AuthAuditLog audit;
  private final Outbox outbox;
  private final Transactions transactions;
  private final Clock clock;

  /** Wires the bean. */
  @Inject
  public SignInCompletion(
      AccountStore accounts,
      SigningKeys keys,
      TokenIssuer issuer,
      AccessTokens accessTokens,
      SessionOpener sessions,
      LoginThrottle throttle,
      AuthAuditLog audit,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    this.accounts = accounts;
    this.keys = keys;
    this.issuer = issuer;
    this.accessTokens = accessTokens;
    this.sessions = sessions;
    this.throttle = throttle;
    this.audit = audit;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** As {@link #complete(SignIn, Function)} with nothing else in the transaction. */
  public Uni<Grant> complete(SignIn signIn) {
    return complete(signIn, tx -> Uni.createFrom().voidItem());
  }

  /**
   * Gives tokens.
   *
   * @param first runs first in the same transaction and may refuse by failing: it uses up what
   *     proved the sign-in, a challenge or a code
   * @return the tokens; fails with {@link Problem} 401 {@code invalid-credentials} when the account
   *     has been deactivated, deleted or given another password since it was looked up, and with
   *     what {@code first} fails with; then nothing has changed
   */
  public Uni<Grant> complete(SignIn signIn, Function<SqlConnection, Uni<Void>> first) {
    return keys.current()
        .flatMap(
            key ->
                session(key, signIn)
                    .flatMap(
                        session ->
                            transactions.inTransaction(
                                tx ->
                                    first
                                        .apply(tx)
                                        .flatMap(done -> grant(tx, key, signIn, session)))));
  }

  private Uni<Optional<String>> session(SigningKey key, SignIn signIn) {
    String clientId = signIn.clientId();
    if (clientId == null) {
      return Uni.createFrom().item(Optional.empty());
    }
    return sessions.open(
        clientId, accessTokens.sign(key, signIn.user(), Ids.next(), null, signIn.methods()));
  }

  private Uni<Grant> grant(
      SqlConnection tx, SigningKey key, SignIn signIn, Optional<String> session) {
    return record(tx, signIn, session)
        .flatMap(stored -> issuer.open(tx, key, stored, signIn, session.orElse(null)));
  }

  private Uni<User> record(SqlConnection tx, SignIn signIn, Optional<String> session) {
    String userId = signIn.user().userId();
    Instant now = clock.instant();
    List<String> methods = signIn.methods().stream().sorted().map(SignInMethod::wireName).toList();
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.LOGIN_SUCCEEDED,
            userId,
            userId,
            signIn.origin(),
            String.join(",", methods),
            now);
    return accounts
        .recordLogin(tx, userId, now, signIn.password())
        // Deactivated or deleted, or with another password, since the look-up.
        .map(stored -> stored.orElseThrow(Login::invalidCredentials))
        .call(stored -> audit.append(tx, event))
        .call(stored -> throttle.remember(tx, userId, Networks.of(signIn.origin().address())))
        .call(
            stored ->
                outbox.append(
                    tx,
                    new UserLoggedIn(
                        userId, session.orElse(null), signIn.clientId(), methods, now)));
  }
}
