package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;

/** Tokens that came by mail. */
public interface OneTimeTokenStore {
  /**
   * Adds a token in place of the account's unused ones for the same purpose. For an account that
   * does not exist nothing is added, at the cost of adding.
   */
  Uni<Void> replace(SqlConnection transaction, OneTimeToken token);

  /** Finds a token and locks it until the transaction ends; used and expired ones too. */
  Uni<Optional<OneTimeToken>> lock(SqlConnection transaction, TokenHash hash, TokenPurpose purpose);

  /** Whose a token is, used and expired ones too; empty when there is none. */
  Uni<Optional<String>> ownerOf(TokenHash hash);

  /** Marks a token as used. */
  Uni<Void> markUsed(SqlConnection transaction, TokenHash hash, Instant at);
}
