package com.faultmaven.artifact;

import com.faultmaven.common.testing.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void packagesDependInOneDirection() {
    ServiceArchitecture.check("artifact");
  }
}
