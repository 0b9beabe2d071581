package com.faultmaven.user.storage;

import com.faultmaven.common.repository.UserRepository;
import com.faultmaven.common.repository.UserRepositoryContract;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.NeighboursResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(NeighboursResource.class)
class PostgresUserRepositoryTest extends UserRepositoryContract {
  @Inject PostgresUserRepository repository;

  @Override
  protected UserRepository repository() {
    return repository;
  }
}
