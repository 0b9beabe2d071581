package com.faultmaven.common.repository.memory;

import com.faultmaven.common.repository.UserRepository;
import com.faultmaven.common.repository.UserRepositoryContract;
import java.time.Clock;

class InMemoryUserRepositoryTest extends UserRepositoryContract {
  private final UserRepository repository = new InMemoryUserRepository(Clock.systemUTC());

  @Override
  protected UserRepository repository() {
    return repository;
  }
}
