package com.faultmaven.cases.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.InDatabase;
import com.faultmaven.cases.domain.legacy.LegacyConnections;
import com.faultmaven.cases.domain.legacy.LegacySettings;
import com.faultmaven.cases.domain.legacy.OffLoop;
import com.faultmaven.common.repository.memory.InMemoryCaseRepository;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Chooses by the settings what serves cases (specification, appendix B.2). */
@ApplicationScoped
public class CaseStores {
  private static final Logger LOG = Logger.getLogger(CaseStores.class);

  /** What may serve cases. */
  enum Backend {
    POSTGRESQL,
    MEMORY,
    REDIS_LEGACY
  }

  /** The store of all requests; made when the service starts, so that wrong settings show then. */
  @Produces
  @ApplicationScoped
  @Startup
  CaseStore store(
      @InDatabase CaseStore database,
      @ConfigProperty(name = "faultmaven.cases.backend", defaultValue = "postgresql")
          Backend backend,
      LegacySettings legacy,
      LegacyConnections connections,
      ObjectMapper wire,
      OffLoop offLoop) {
    return switch (backend) {
      case POSTGRESQL -> database;
      case MEMORY -> {
        LOG.warn("Cases are in the memory of this process alone and end with it: for demos only");
        yield new SubstituteCaseStore(new InMemoryCaseRepository(), database, wire, offLoop);
      }
      case REDIS_LEGACY -> {
        String url =
            legacy
                .url()
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "the backend redis-legacy needs faultmaven.cases.legacy-redis.url"));
        LOG.warn("Cases are read from the previous layout in Redis; they cannot be changed");
        yield new SubstituteCaseStore(
            new LegacyCaseRepository(connections.open(url), offLoop, legacy.pattern()),
            database,
            wire,
            offLoop);
      }
    };
  }
}
