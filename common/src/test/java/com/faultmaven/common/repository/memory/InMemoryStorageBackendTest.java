package com.faultmaven.common.repository.memory;

import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StorageBackendContract;
import java.time.Clock;

class InMemoryStorageBackendTest extends StorageBackendContract {
  private final StorageBackend backend = new InMemoryStorageBackend(Clock.systemUTC());

  @Override
  protected StorageBackend backend() {
    return backend;
  }
}
