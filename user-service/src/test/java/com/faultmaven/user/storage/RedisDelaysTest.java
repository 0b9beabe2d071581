package com.faultmaven.user.storage;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.common.testing.ServersResource;
import com.faultmaven.user.domain.DelayRule;
import com.faultmaven.user.domain.DelayStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisDelaysTest extends DelayStoreContract {
  private final Vertx vertx = Vertx.vertx();
  private final AtRestEncryption encryption =
      new AtRestEncryption(Base64.getEncoder().encodeToString(new byte[32]), Optional.empty());
  private final Counter fallbacks = new SimpleMeterRegistry().counter("fallbacks");
  private final ProcessDelays process = new ProcessDelays(50, clock);
  private Map<String, String> servers = Map.of();

  @BeforeAll
  void findServers() {
    servers = new ServersResource().start();
  }

  @AfterAll
  void close() {
    await(vertx.close());
  }

  @Override
  protected DelayStore store() {
    return store(redisUrl(), Duration.ofSeconds(10));
  }

  private String redisUrl() {
    return requireNonNull(servers.get("faultmaven.redis.url"));
  }

  private RedisDelays store(String url, Duration timeout) {
    return new RedisDelays(
        Redis.createClient(vertx, url),
        process,
        encryption,
        timeout,
        Duration.ofSeconds(5),
        clock,
        fallbacks);
  }

  @Test
  void sharesCountsWithOtherReplicas() {
    DelayRule rule = rule("shared " + System.nanoTime());

    assertThat(await(store().take(List.of(rule)))).isEqualTo(DelayStore.Refusal.NONE);
    assertThat(await(store().take(List.of(rule))).delay()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void countsByItselfWhileRedisIsAway() {
    double before = fallbacks.count();
    DelayStore away = store("redis://127.0.0.1:1", Duration.ofSeconds(5));
    DelayRule rule = rule("away " + System.nanoTime());

    assertThat(await(away.take(List.of(rule)))).isEqualTo(DelayStore.Refusal.NONE);
    assertThat(await(away.take(List.of(rule))).delay()).isEqualTo(Duration.ofMinutes(1));
    await(away.giveBack(List.of(rule)));
    await(away.forget(List.of(rule)));
    assertThat(await(away.take(List.of(rule)))).isEqualTo(DelayStore.Refusal.NONE);
    assertThat(fallbacks.count()).isEqualTo(before + 5);
  }

  @Test
  void keepsNeitherNamesNorAddressesAndNothingForEver() {
    DelayRule rule = rule("pair 192.0.2.77 ada" + System.nanoTime());
    await(store().take(List.of(rule)));
    Redis redis = Redis.createClient(vertx, redisUrl());

    String keys = await(redis.send(Request.cmd(Command.KEYS).arg("*"))).toString();
    String key = "{throttle}:" + encryption.fingerprint("throttle", rule.key());

    assertThat(keys).contains(key).doesNotContain("192.0.2.77");
    long millis = await(redis.send(Request.cmd(Command.PTTL).arg(key))).toLong();
    assertThat(millis).isBetween(1L, Duration.ofMinutes(11).toMillis());
  }

  private static DelayRule rule(String key) {
    return new DelayRule(
        key, 1, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(10));
  }
}
