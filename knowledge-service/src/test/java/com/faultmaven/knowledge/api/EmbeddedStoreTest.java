package com.faultmaven.knowledge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.common.repository.memory.InMemoryVectorStore;
import com.faultmaven.common.testing.ServersResource;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EmbeddedStoreTest.NoChroma.class)
@WithTestResource(ServersResource.class)
class EmbeddedStoreTest {
  /** As on a machine without Node. */
  public static final class NoChroma implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("faultmaven.chroma.url", "");
    }
  }

  @Inject VectorStore store;

  @ConfigProperty(name = "faultmaven.vector.dir")
  String directory;

  @Test
  void keepsVectorsInItsDirectory() throws IOException {
    Object unwrapped = ClientProxy.unwrap(store);
    assertThat(unwrapped).isInstanceOf(InMemoryVectorStore.class);
    Kb kb = Kb.ofNewUser();
    kb.add(Map.of("document_id", "d", "content", "Etcd needs a quorum."))
        .body("status", equalTo("indexed"));
    kb.search("etcd quorum", 1).body("items[0].document_id", equalTo("d"));
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      assertThat(files.map(Path::toString)).anyMatch(name -> name.endsWith(".vectors"));
    }
  }
}
