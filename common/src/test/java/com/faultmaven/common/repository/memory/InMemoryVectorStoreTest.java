package com.faultmaven.common.repository.memory;

import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.common.repository.VectorStoreContract;

class InMemoryVectorStoreTest extends VectorStoreContract {
  private final VectorStore store = new InMemoryVectorStore();

  @Override
  protected VectorStore store() {
    return store;
  }
}
