package com.faultmaven.knowledge;

import com.faultmaven.common.testing.ServiceArchitecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsToTheDirectionsBetweenPackages() {
    ServiceArchitecture.check("knowledge");
  }
}
