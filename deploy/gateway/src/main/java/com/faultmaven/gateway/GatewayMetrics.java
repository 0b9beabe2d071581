package com.faultmaven.gateway;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;

/** Counts and times requests by route, method and status. */
final class GatewayMetrics {
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  GatewayMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
  }

  /** Counts one request; all three labels come from small fixed sets. */
  void count(String route, String method, int status, long nanos) {
    Timer.builder("faultmaven.gateway.requests")
        .description("Requests answered by the gateway")
        .tag("route", route)
        .tag("method", method)
        .tag("status", Integer.toString(status))
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Everything in the Prometheus text format. */
  String scrape() {
    return registry.scrape();
  }
}
