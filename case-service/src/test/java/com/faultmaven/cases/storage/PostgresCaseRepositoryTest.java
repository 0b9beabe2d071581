package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.db.Transactions;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.CaseRepositoryContract;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;

@QuarkusTest
@WithTestResource(ServersResource.class)
class PostgresCaseRepositoryTest extends CaseRepositoryContract {
  @Inject CaseStore store;
  @Inject Transactions transactions;

  @Override
  protected CaseRepository repository() {
    return store.direct(Scope.SERVICE);
  }

  @Override
  protected String newOwner() {
    String userId = Ids.next();
    transactions
        .inTransaction(tx -> store.ensureUser(tx, userId))
        .await()
        .atMost(Duration.ofSeconds(20));
    return userId;
  }
}
