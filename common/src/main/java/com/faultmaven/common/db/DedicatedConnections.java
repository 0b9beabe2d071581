package com.faultmaven.common.db;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgConnection;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Connections beside the pool, for the few things that belong to a connection: closing one ends its
 * session at the server, with its locks. Whoever opens one bounds how many there are.
 */
@ApplicationScoped
public class DedicatedConnections {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  private final BoundedPool bounds;
  private final Pool pool;
  private final Vertx vertx;

  /** Wires the bean. */
  @Inject
  public DedicatedConnections(BoundedPool bounds, Pool pool, Vertx vertx) {
    this.bounds = bounds;
    this.pool = pool;
    this.vertx = vertx;
  }

  /** Opens a connection with the settings of the pool's. */
  public Uni<SqlConnection> open() {
    return Uni.createFrom()
        .deferred(
            () -> {
              pool.size(); // makes the pool, whose settings these are
              return PgConnection.connect(
                  vertx, bounds.connectOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
            })
        .map(connection -> connection);
  }
}
