package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.Scope;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.CaseRepositoryContract;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** The contract holds for a repository that is bound to the caller's transaction, too. */
@QuarkusTest
@WithTestResource(ServersResource.class)
class CaseRepositoryInTransactionTest extends CaseRepositoryContract {
  @Inject CasesDatabase database;

  @Override
  protected CaseRepository repository() {
    return (CaseRepository)
        Proxy.newProxyInstance(
            CaseRepository.class.getClassLoader(),
            new Class<?>[] {CaseRepository.class},
            (proxy, method, arguments) ->
                database
                    .transactions()
                    .inTransaction(
                        tx -> call(database.store().in(tx, Scope.SERVICE), method, arguments)));
  }

  @Override
  protected String newOwner() {
    return database.newOwner();
  }

  @SuppressWarnings("unchecked") // Every method of the contract gives a Uni.
  private static Uni<Object> call(CaseRepository cases, Method method, Object[] arguments) {
    try {
      return (Uni<Object>) method.invoke(cases, arguments);
    } catch (InvocationTargetException e) {
      return Uni.createFrom().failure(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
