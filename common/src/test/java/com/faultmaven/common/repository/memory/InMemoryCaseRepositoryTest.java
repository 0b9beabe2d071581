package com.faultmaven.common.repository.memory;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.CaseRepositoryContract;

class InMemoryCaseRepositoryTest extends CaseRepositoryContract {
  private final CaseRepository repository = new InMemoryCaseRepository();

  @Override
  protected CaseRepository repository() {
    return repository;
  }

  @Override
  protected String newOwner() {
    return Ids.next();
  }
}
