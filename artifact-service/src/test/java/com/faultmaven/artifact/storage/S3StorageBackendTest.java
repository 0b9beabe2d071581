package com.faultmaven.artifact.storage;

import com.faultmaven.artifact.Neighbours;
import com.faultmaven.common.repository.StorageBackend;
import com.faultmaven.common.repository.StorageBackendContract;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
@WithTestResource(ServersResource.class)
@WithTestResource(Neighbours.class)
class S3StorageBackendTest extends StorageBackendContract {
  @Inject StorageBackend backend;

  @Override
  protected StorageBackend backend() {
    return backend;
  }
}
