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
 * transaction the log-in on the account, its audit, its event and the first pair of tokens. A
 * session is opened for nobody who has not proved everything.
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

  /**
   * Gives tokens to somebody who has proved everything.
   *
   * @return the tokens; fails with {@link Problem} 401 {@code invalid-credentials} when the account
   *     has been deactivated, deleted or given another password since it was looked up
   */
  public Uni<Grant> complete(SignIn signIn) {
    return keys.current()
        .flatMap(
            key ->
                session(key, signIn)
                    .flatMap(
                        session ->
                            transactions.inTransaction(tx -> grant(tx, key, signIn, session))));
  }

  /**
   * Gives tokens to somebody who has yet to prove something that is good once.
   *
   * <p>With a client the proof is used up by a transaction of its own: the session comes after it,
   * and no connection waits for session-service. When this replica dies between the two the proof
   * is used up and nothing was given for it: one signs in again.
   *
   * @param proof uses up a challenge or a code, or refuses by failing
   * @return the tokens; fails as {@link #complete(SignIn)} does, and with what {@code proof} fails
   *     with; then nothing has changed
   */
  public Uni<Grant> complete(SignIn signIn, Function<SqlConnection, Uni<Void>> proof) {
    if (signIn.clientId() == null) {
      return keys.current()
          .flatMap(
              key ->
                  transactions.inTransaction(
                      tx ->
                          proof
                              .apply(tx)
                              .flatMap(used -> grant(tx, key, signIn, Optional.empty()))));
    }
    return transactions
        .inTransaction(tx -> proof.apply(tx).flatMap(used -> requirePresent(tx, signIn)))
        .flatMap(used -> complete(signIn));
  }

  /** Asked again with the tokens: here it keeps a session from an account that has ended. */
  private Uni<Void> requirePresent(SqlConnection tx, SignIn signIn) {
    SignIn.ProvenPassword password = signIn.password();
    return accounts
        .get(tx, signIn.user().userId())
        .map(
            found ->
                found
                    .filter(User::isActive)
                    .filter(
                        user -> password == null || password.hash().equals(user.hashedPassword()))
                    .orElseThrow(Login::invalidCredentials))
        .replaceWithVoid();
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
    String userId = signIn.user().userId();
    Instant now = clock.instant();
    // Sent in one go. Without an account the others have written for nothing: all is rolled back.
    return Uni.combine()
        .all()
        .unis(
            accounts
                .recordLogin(tx, userId, now, signIn.password())
                // Deactivated or deleted, or with another password, since the look-up.
                .map(stored -> stored.orElseThrow(Login::invalidCredentials)),
            record(tx, signIn, session, now),
            issuer.open(tx, signIn, session.orElse(null)))
        .asTuple()
        .map(all -> issuer.grant(key, all.getItem1(), all.getItem3()));
  }

  private Uni<Void> record(SqlConnection tx, SignIn signIn, Optional<String> session, Instant now) {
    String userId = signIn.user().userId();
    List<String> methods = signIn.methods().stream().sorted().map(SignInMethod::wireName).toList();
    AuthEvent event =
        AuthEvent.now(
            AuthEventType.LOGIN_SUCCEEDED,
            userId,
            userId,
            signIn.origin(),
            String.join(",", methods),
            now);
    return Uni.combine()
        .all()
        .unis(
            audit.append(tx, event),
            throttle.remember(tx, userId, Networks.of(signIn.origin().address())),
            outbox.append(
                tx,
                new UserLoggedIn(userId, session.orElse(null), signIn.clientId(), methods, now)))
        .discardItems();
  }
}
