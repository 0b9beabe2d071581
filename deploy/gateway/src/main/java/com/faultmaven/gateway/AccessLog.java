package com.faultmaven.gateway;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One line per request. Queries, headers and bodies never get here: they may hold secrets. */
final class AccessLog {
  private static final Logger LOG = Logger.getLogger("access");

  private AccessLog() {}

  static void write(Exchange exchange, String method, int status) {
    Level level = status >= 500 ? Level.WARNING : Level.INFO;
    if (!LOG.isLoggable(level)) {
      return;
    }
    String service = exchange.route().map(route -> route.upstream().module()).orElse("gateway");
    LOG.log(
        level,
        "{0} {1} {2} {3}B {4}ms {5} request={6} trace={7}",
        new Object[] {
          method,
          exchange.printablePath(),
          Integer.toString(status),
          Long.toString(exchange.request().response().bytesWritten()),
          Long.toString(TimeUnit.NANOSECONDS.toMillis(exchange.elapsedNanos())),
          service,
          exchange.id(),
          exchange.trace().traceId()
        });
  }
}
