package com.faultmaven.common.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events leave and arrive; the keys begin with {@code faultmaven.events}. */
@ConfigMapping(prefix = "faultmaven.events")
public interface EventSettings {
  /** First part of every topic's name. */
  @WithDefault("faultmaven")
  String topicPrefix();

  /** Most events that the relay publishes at once, 1 to 1000. */
  @WithDefault("64")
  int batchSize();

  /** How often the relay looks for events that nobody told it about: those of a crashed replica. */
  @WithDefault("PT1S")
  Duration pollInterval();

  /** How long Kafka may take to confirm one batch. */
  @WithDefault("PT20S")
  Duration sendTimeout();

  /** Longest pause between two attempts, of the relay and of consumers. */
  @WithDefault("PT10S")
  Duration maxBackoff();

  /** How often a consumer tries an event that fails for another reason than a store being away. */
  @WithDefault("3")
  int attempts();

  /** How long a consumer waits for a store that is away before it dead-letters the event. */
  @WithDefault("PT1H")
  Duration transientLimit();

  /** How long published events stay in the outbox. */
  @WithDefault("P1D")
  Duration keepPublished();

  /** How long a consumer remembers what it has applied; longer than Kafka keeps events. */
  @WithDefault("P14D")
  Duration keepProcessed();

  /** How often old rows are looked for. */
  @WithDefault("PT10M")
  Duration housekeepingInterval();
}
