package com.faultmaven.knowledge.domain.embedding;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How texts become vectors; the keys begin with {@code faultmaven.embedding}. */
@ConfigMapping(prefix = "faultmaven.embedding")
public interface EmbeddingSettings {
  /** Threads that answer callers, 1 to 64. */
  @WithDefault("1")
  int threads();

  /** Calls that may wait for them; one more is answered 503. */
  @WithDefault("64")
  int queue();

  /** Threads that fill the index, 1 to 64. */
  @WithDefault("1")
  int bulkThreads();

  /** Batches that may wait for them. */
  @WithDefault("16")
  int bulkQueue();

  /** Texts that the model reads at once, 1 to 64. */
  @WithDefault("16")
  int batchSize();

  /** Processor threads that the model may use for one batch, 1 to 64. */
  @WithDefault("1")
  int modelThreads();

  /** How long a call waits for a model that is still being loaded. */
  @WithDefault("PT10S")
  Duration loadTimeout();
}
