package com.faultmaven.session.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of sessions; the keys begin with {@code faultmaven.session}. */
@ConfigMapping(prefix = "faultmaven.session")
public interface SessionSettings {
  /** How long a session lives without activity when its client asks for nothing else. */
  @WithDefault("PT30M")
  Duration ttl();

  /** The shortest TTL that a client may ask for, at least one second. */
  @WithDefault("PT60S")
  Duration minTtl();

  /** The longest TTL that a client may ask for. */
  @WithDefault("PT24H")
  Duration maxTtl();

  /** Live sessions of one user; opening one more ends the one that would expire first. */
  @WithDefault("100")
  int maxPerUser();

  /** Files, and cases, that one session remembers. */
  @WithDefault("1000")
  int maxItems();

  /** How often a write is tried when other writers come in between, before it answers 503. */
  @WithDefault("256")
  int writeAttempts();

  /** How long Redis may take to answer one command. */
  @WithDefault("PT2S")
  Duration redisTimeout();

  /** How often sessions are looked for that stopped living and were not archived. */
  @WithDefault("PT15S")
  Duration removalInterval();

  /** Sessions that one such look archives. */
  @WithDefault("200")
  int removalBatch();
}
