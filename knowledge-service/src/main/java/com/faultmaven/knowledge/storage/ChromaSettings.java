package com.faultmaven.knowledge.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where Chroma is and how long it may take; the keys begin with {@code faultmaven.chroma}. */
@ConfigMapping(prefix = "faultmaven.chroma")
public interface ChromaSettings {
  /** Address of the server; without one the embedded store is used. */
  Optional<URI> url();

  /** Chroma's tenant. */
  @WithDefault("default_tenant")
  String tenant();

  /** Chroma's database. */
  @WithDefault("default_database")
  String database();

  /** How long a connection may take. */
  @WithDefault("PT2S")
  Duration connectTimeout();

  /** How long an answer may take. */
  @WithDefault("PT15S")
  Duration timeout();

  /** Connections, 1 to 256. */
  @WithDefault("16")
  int connections();

  /** Calls that may wait for a connection; one more fails. */
  @WithDefault("256")
  int waiting();

  /** Most documents of one write, 1 to 5461; the chunks of the largest document fit into one. */
  @WithDefault("2500")
  int batchSize();
}
