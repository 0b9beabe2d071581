package com.faultmaven.cases.storage;

import com.faultmaven.cases.domain.CaseCache;
import com.faultmaven.cases.domain.CaseCacheSettings;
import com.faultmaven.common.security.AtRestEncryption;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Chooses by the settings whether cases are cached. */
@ApplicationScoped
public class CaseCaches {
  private static final String BEGIN_EPOCH = "UPDATE case_cache_epoch SET epoch = epoch + 1";

  /** Redis when one is configured, else none. */
  @Produces
  @ApplicationScoped
  CaseCache cache(
      @ConfigProperty(name = "faultmaven.redis.url") Optional<String> url,
      CaseCacheSettings settings,
      AtRestEncryption encryption,
      Pool pool,
      Vertx vertx,
      Clock clock,
      MeterRegistry metrics) {
    return url.<CaseCache>map(
            address ->
                new RedisCaseCache(
                    Redis.createClient(
                        vertx,
                        new RedisOptions()
                            .setConnectionString(address)
                            .setMaxPoolSize(settings.connections())
                            .setMaxPoolWaiting(settings.waiting())),
                    () -> pool.query(BEGIN_EPOCH).execute().replaceWithVoid(),
                    encryption,
                    settings,
                    clock,
                    metrics))
        .orElseGet(NoCache::new);
  }

  private static final class NoCache implements CaseCache {
    @Override
    public Uni<Found> find(String caseId) {
      return Uni.createFrom().item(new Found("", Optional.empty()));
    }

    @Override
    public Uni<Void> keep(String caseId, String mark, Copy copy) {
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> invalidate(String caseId) {
      return Uni.createFrom().voidItem();
    }
  }
}
