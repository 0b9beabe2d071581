package com.faultmaven.user.storage;

import com.faultmaven.common.security.AtRestEncryption;
import com.faultmaven.user.domain.DelayRule;
import com.faultmaven.user.domain.DelayStore;
import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Failures in Redis, shared by all replicas. While Redis is away each process counts by itself: a
 * log-in neither fails nor goes uncounted for want of it.
 */
final class RedisDelays implements DelayStore {
  private static final Logger LOG = Logger.getLogger(RedisDelays.class);

  // One slot of a cluster for all keys of one call; names and addresses do not stand in them.
  private static final String PREFIX = "{throttle}:";

  // KEYS: what is counted under. ARGV: now, then for each key free, first, longest, memory.
  private static final String TAKE =
      """
      local now, longest, rule = tonumber(ARGV[1]), 0, -1
      for i, key in ipairs(KEYS) do
        local wait = (tonumber(redis.call('HGET', key, 'until')) or 0) - now
        if wait > longest then longest, rule = wait, i - 1 end
      end
      if longest > 0 then return {longest, rule} end
      for i, key in ipairs(KEYS) do
        local at = (i - 1) * 4 + 1
        local free, first, most, memory = tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]),
          tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
        local count, wait, till = redis.call('HINCRBY', key, 'count', 1), 0, 0
        if count >= free then
          wait = math.min(most, first * 2 ^ math.min(count - free, 30))
          till = now + wait
        end
        redis.call('HSET', key, 'until', string.format('%d', till))
        redis.call('PEXPIRE', key, string.format('%d', memory + wait))
      end
      return {0, -1}
      """;
  private static final String GIVE_BACK =
      """
      for _, key in ipairs(KEYS) do
        if redis.call('EXISTS', key) == 1 then
          if redis.call('HINCRBY', key, 'count', -1) < 1 then redis.call('DEL', key)
          else redis.call('HSET', key, 'until', '0') end
        end
      end
      return 0
      """;

  private final Redis redis;
  private final DelayStore withoutRedis;
  private final AtRestEncryption encryption;
  private final Duration timeout;
  private final Duration pause;
  private final Clock clock;
  private final Counter fallbacks;
  private volatile long awayUntil;

  RedisDelays(
      Redis redis,
      DelayStore withoutRedis,
      AtRestEncryption encryption,
      Duration timeout,
      Duration pause,
      Clock clock,
      Counter fallbacks) {
    this.redis = redis;
    this.withoutRedis = withoutRedis;
    this.encryption = encryption;
    this.timeout = timeout;
    this.pause = pause;
    this.clock = clock;
    this.fallbacks = fallbacks;
  }

  @Override
  public Uni<Refusal> take(List<DelayRule> rules) {
    Request request = script(TAKE, rules).arg(Long.toString(clock.millis()));
    for (DelayRule rule : rules) {
      request
          .arg(Integer.toString(rule.free()))
          .arg(Long.toString(rule.first().toMillis()))
          .arg(Long.toString(rule.longest().toMillis()))
          .arg(Long.toString(rule.memory().toMillis()));
    }
    return send(request)
        .map(
            answer ->
                new Refusal(Duration.ofMillis(answer.get(0).toLong()), answer.get(1).toInteger()))
        .onFailure()
        .recoverWithUni(failure -> withoutRedis(store -> store.take(rules)));
  }

  @Override
  public Uni<Void> giveBack(List<DelayRule> rules) {
    return send(script(GIVE_BACK, rules))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> withoutRedis(store -> store.giveBack(rules)));
  }

  @Override
  public Uni<Void> forget(List<DelayRule> rules) {
    Request request = Request.cmd(Command.DEL);
    rules.forEach(rule -> request.arg(key(rule)));
    return send(request)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> withoutRedis(store -> store.forget(rules)));
  }

  private Request script(String script, List<DelayRule> rules) {
    Request request = Request.cmd(Command.EVAL).arg(script).arg(Integer.toString(rules.size()));
    rules.forEach(rule -> request.arg(key(rule)));
    return request;
  }

  private String key(DelayRule rule) {
    return PREFIX + encryption.fingerprint("throttle", rule.key());
  }

  private Uni<Response> send(Request request) {
    if (clock.millis() < awayUntil) {
      return Uni.createFrom().failure(new IllegalStateException("Redis was away a moment ago"));
    }
    return redis.send(request).ifNoItem().after(timeout).fail().onFailure().invoke(this::goWithout);
  }

  /** For a while nobody waits for Redis, and what belongs together is counted in one place. */
  private void goWithout(Throwable failure) {
    awayUntil = clock.millis() + pause.toMillis();
    LOG.warnf(
        "Wrong guesses are counted by this process alone for %d s: Redis: %s",
        pause.toSeconds(), failure.toString());
  }

  private <T> Uni<T> withoutRedis(Function<DelayStore, Uni<T>> call) {
    fallbacks.increment();
    return call.apply(withoutRedis);
  }
}
