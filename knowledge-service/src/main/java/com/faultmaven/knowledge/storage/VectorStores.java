package com.faultmaven.knowledge.storage;

import com.faultmaven.common.repository.VectorStore;
import com.faultmaven.common.repository.memory.InMemoryVectorStore;
import io.quarkus.runtime.Startup;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Chooses the vector store: Chroma where its address is given, else the embedded one on disk. */
public final class VectorStores {
  private static final Logger LOG = Logger.getLogger(VectorStores.class);

  /**
   * The service's vector store.
   *
   * @param directory where the embedded store keeps its files
   * @throws IOException when the directory cannot be used, or another process uses it
   */
  @Produces
  @Singleton
  @Startup
  public VectorStore vectorStore(
      Vertx vertx,
      ChromaSettings settings,
      @ConfigProperty(name = "faultmaven.vector.dir", defaultValue = "data/vectors")
          String directory)
      throws IOException {
    if (settings.url().isPresent()) {
      return new ChromaVectorStore(vertx, settings.url().get(), settings);
    }
    LOG.infof("No faultmaven.chroma.url: vectors are kept in %s", directory);
    return new InMemoryVectorStore(Path.of(directory));
  }

  /** Lets the store go at the end. */
  void close(@Disposes VectorStore store) throws Exception {
    if (store instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
