package com.faultmaven.user.storage;

import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.user.domain.DelayStore;
import com.faultmaven.user.domain.LoginSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Chooses by the settings where failures are counted. */
@ApplicationScoped
public class DelayStores {
  private static final int CONNECTIONS = 4;
  private static final int WAITING = 512;

  /** Redis when one is configured, else this process. */
  @Produces
  @ApplicationScoped
  DelayStore delays(
      @ConfigProperty(name = "faultmaven.redis.url") Optional<String> url,
      LoginSettings settings,
      AtRestEncryption encryption,
      Vertx vertx,
      Clock clock,
      MeterRegistry metrics) {
    ProcessDelays process = new ProcessDelays(settings.tracked(), clock);
    metrics.gauge("faultmaven.login.tracked", process, ProcessDelays::tracked);
    return url.<DelayStore>map(
            address ->
                new RedisDelays(
                    Redis.createClient(
                        vertx,
                        new RedisOptions()
                            .setConnectionString(address)
                            .setMaxPoolSize(CONNECTIONS)
                            .setMaxPoolWaiting(WAITING)),
                    process,
                    encryption,
                    settings.redisTimeout(),
                    settings.redisPause(),
                    clock,
                    metrics.counter("faultmaven.login.throttle.fallbacks")))
        .orElse(process);
  }
}
