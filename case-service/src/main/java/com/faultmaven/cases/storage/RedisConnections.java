package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.legacy.LegacyConnections;
import com.faultmaven.cases.domain.legacy.LegacyStore;
import com.faultmaven.cases.domain.legacy.OffLoop;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Connections to the Redis with the previous layout. */
@ApplicationScoped
public class RedisConnections implements LegacyConnections {
  private static final int CONNECTIONS = 4;
  private static final int WAITING = 256;

  private final Vertx vertx;
  private final OffLoop offLoop;

  /** Wires the bean. */
  @Inject
  public RedisConnections(Vertx vertx, OffLoop offLoop) {
    this.vertx = vertx;
    this.offLoop = offLoop;
  }

  @Override
  public LegacyStore open(String url) {
    return new RedisLegacyStore(
        Redis.createClient(
            vertx,
            new RedisOptions()
                .setConnectionString(url)
                // Any server answers in the older protocol, where a hash is a list of pairs.
                .setProtocolNegotiation(false)
                .setMaxPoolSize(CONNECTIONS)
                .setMaxPoolWaiting(WAITING)),
        offLoop);
  }
}
