package com.faultmaven.user.jobs;

import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.job.JobAccess;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccountStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Who starts a job must be an administrator in the database: a token may be older than the loss.
 */
@ApplicationScoped
public class AdminsOfToday implements JobAccess {
  private final AccountStore accounts;
  private final Transactions transactions;

  /** Wires the bean. */
  @Inject
  public AdminsOfToday(AccountStore accounts, Transactions transactions) {
    this.accounts = accounts;
    this.transactions = transactions;
  }

  @Override
  public Uni<Void> require(String userId) {
    return transactions
        .inTransaction(tx -> accounts.isActiveAdmin(tx, userId))
        .invoke(
            admin -> {
              if (!admin) {
                throw Problem.forbidden("You are not an administrator any more; log in again.");
              }
            })
        .replaceWithVoid();
  }
}
