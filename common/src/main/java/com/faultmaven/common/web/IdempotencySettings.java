package com.faultmaven.common.web;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long answers are kept; the keys begin with {@code faultmaven.idempotency}. */
@ConfigMapping(prefix = "faultmaven.idempotency")
public interface IdempotencySettings {
  /** How long the answer to a request with an {@code Idempotency-Key} is given again. */
  @WithDefault("PT24H")
  Duration keep();
}
