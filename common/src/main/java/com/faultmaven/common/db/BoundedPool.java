package com.faultmaven.common.db;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The pool of connections with bounds that Quarkus has no keys for: how long a request waits for a
 * connection, and how many requests may wait. Beyond either the caller is told to come again (503).
 */
@Singleton
public final class BoundedPool implements PgPoolCreator {
  private final PoolSettings settings;
  private volatile List<PgConnectOptions> options = List.of();

  /** Wires the bean. */
  public BoundedPool(PoolSettings settings) {
    this.settings = settings;
  }

  @Override
  public Pool create(Input input) {
    options =
        input.pgConnectOptionsList().stream()
            .map(given -> preparing(new PgConnectOptions(given)))
            .toList();
    return PgBuilder.pool()
        .with(
            input
                .poolOptions()
                .setConnectionTimeout((int) settings.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(settings.maxWaiting()))
        .connectingTo(List.<SqlConnectOptions>copyOf(options))
        .using(input.vertx())
        .build();
  }

  /**
   * The client prepares statements of over 2048 characters anew each time unless told otherwise.
   */
  private PgConnectOptions preparing(PgConnectOptions given) {
    given.setCachePreparedStatements(true);
    given.setPreparedStatementCacheSqlLimit(Integer.MAX_VALUE);
    given.setPreparedStatementCacheMaxSize(settings.preparedStatements());
    return given;
  }

  /** How the pool connects: address, role, TLS. A copy; there is one once there is a pool. */
  PgConnectOptions connectOptions() {
    return new PgConnectOptions(options.getFirst());
  }
}
