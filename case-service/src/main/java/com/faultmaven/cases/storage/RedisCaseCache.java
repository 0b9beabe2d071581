package com.faultmaven.cases.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.cases.domain.CaseCache;
import com.faultmaven.cases.domain.CaseCacheSettings;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.AtRestEncryption;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Copies in Redis, encrypted and bound to their key. A case has two keys: its mark, and a copy that
 * begins with the mark under which it was made.
 */
final class RedisCaseCache implements CaseCache {
  private static final Logger LOG = Logger.getLogger(RedisCaseCache.class);

  /** Longer than any copy lives, so that a mark is never missed by one. */
  private static final Duration KEEP_MARK = Duration.ofDays(1);

  // KEYS: mark, copy. ARGV: a mark for a case that has none, its life.
  private static final String FIND =
      """
      local mark = redis.call('GET', KEYS[1])
      if not mark then
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return {ARGV[1], false}
      end
      return {mark, redis.call('GET', KEYS[2])}
      """;

  // KEYS: mark, copy. ARGV: the mark that it must be, the copy, its life.
  private static final String KEEP =
      """
      if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
      redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
      return 1
      """;

  private final Redis redis;
  private final Supplier<Uni<Void>> beginEpoch;
  private final AtRestEncryption encryption;
  private final CaseCacheSettings settings;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final Cache<String, Boolean> asked;
  private final AtomicInteger keeping = new AtomicInteger();
  private volatile long awayUntil;

  /**
   * A cache.
   *
   * @param beginEpoch makes all copies void by the database
   */
  RedisCaseCache(
      Redis redis,
      Supplier<Uni<Void>> beginEpoch,
      AtRestEncryption encryption,
      CaseCacheSettings settings,
      Clock clock,
      MeterRegistry metrics) {
    this.redis = redis;
    this.beginEpoch = beginEpoch;
    this.encryption = encryption;
    this.settings = settings;
    this.clock = clock;
    this.metrics = metrics;
    asked =
        Caffeine.newBuilder()
            .maximumSize(settings.remembered())
            .expireAfterWrite(settings.keep())
            .build();
  }

  @Override
  public Uni<Found> find(String caseId) {
    // Most cases are read once in a while: they are worth neither a question to Redis nor the
    // encryption of a copy.
    if (asked.asMap().put(caseId, Boolean.TRUE) == null) {
      count("first");
      return Uni.createFrom().item(Found.NOTHING);
    }
    return send(script(FIND, caseId).arg(Ids.next()).arg(Long.toString(KEEP_MARK.toMillis())))
        .map(
            answer -> {
              String mark = answer.get(0).toString();
              return new Found(mark, copy(caseId, mark, answer.get(1)));
            })
        .onFailure()
        .recoverWithItem(
            failure -> {
              count("away");
              return Found.NOTHING;
            });
  }

  @Override
  public Uni<Void> keep(String caseId, String mark, Copy copy) {
    if (mark.isEmpty() || copy.json().length() > settings.maxSize()) {
      return Uni.createFrom().voidItem();
    }
    Uni<Void> kept = Uni.createFrom().deferred(() -> keepNow(caseId, mark, copy));
    Context caller = Vertx.currentContext();
    // Later on the caller's event loop: encryption is not what the reader of the case waits for.
    return caller == null ? kept : kept.runSubscriptionOn(MutinyHelper.executor(caller));
  }

  private Uni<Void> keepNow(String caseId, String mark, Copy copy) {
    if (keeping.incrementAndGet() > settings.keeping()) {
      keeping.decrementAndGet();
      count("skipped");
      return Uni.createFrom().voidItem();
    }
    return Uni.createFrom()
        .deferred(
            () ->
                send(
                    script(KEEP, caseId)
                        .arg(mark)
                        .arg(argument(sealed(caseId, mark, copy)))
                        .arg(Long.toString(settings.keep().toMillis()))))
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull()
        .onTermination()
        .invoke(keeping::decrementAndGet);
  }

  @Override
  public Uni<Void> invalidate(String caseId) {
    // Without a mark nobody is reading the case to copy it: whoever begins now sees the write. So a
    // request that names any id at all leaves nothing here.
    return send(Request.cmd(Command.SET)
            .arg(markKey(caseId))
            .arg(Ids.next())
            .arg("XX")
            .arg("PX")
            .arg(Long.toString(KEEP_MARK.toMillis())))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              count("epoch");
              return beginEpoch.get();
            });
  }

  private static Request script(String script, String caseId) {
    return Request.cmd(Command.EVAL).arg(script).arg("2").arg(markKey(caseId)).arg(copyKey(caseId));
  }

  private Optional<Copy> copy(String caseId, String mark, @Nullable Response value) {
    Optional<Copy> copy = value == null ? Optional.empty() : opened(caseId, mark, value.toBytes());
    count(copy.isPresent() ? "hit" : "miss");
    return copy;
  }

  private byte[] sealed(String caseId, String mark, Copy copy) {
    String head = mark + '\n' + copy.version() + '\n' + copy.epoch() + '\n';
    byte[] plain = Buffer.buffer(head).appendBuffer(copy.json()).getBytes();
    return Buffer.buffer(encryption.keyId() + '\n')
        .appendBytes(encryption.encrypt(plain, copyKey(caseId)))
        .getBytes();
  }

  /** What cannot be read, because its key is not known any more, is no copy. */
  private Optional<Copy> opened(String caseId, String mark, byte[] value) {
    int end = lineEnd(value, 0);
    if (end == value.length) {
      return Optional.empty();
    }
    byte[] plain;
    try {
      plain =
          encryption.decrypt(
              Arrays.copyOfRange(value, end + 1, value.length),
              new String(value, 0, end, UTF_8),
              copyKey(caseId));
    } catch (IllegalStateException e) {
      LOG.warnf("A copy of case %s cannot be read: %s", caseId, e.getMessage());
      return Optional.empty();
    }
    String[] head = new String[3];
    int next = 0;
    for (int i = 0; i < head.length; i++) {
      int lineEnd = lineEnd(plain, next);
      head[i] = new String(plain, next, lineEnd - next, UTF_8);
      next = lineEnd + 1;
    }
    return head[0].equals(mark)
        ? Optional.of(
            new Copy(
                Long.parseLong(head[1]),
                Long.parseLong(head[2]),
                Buffer.buffer(plain).slice(next, plain.length)))
        : Optional.empty();
  }

  private static int lineEnd(byte[] text, int from) {
    int end = from;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    return end;
  }

  private Uni<Response> send(Request request) {
    if (clock.millis() < awayUntil) {
      return Uni.createFrom().failure(new IllegalStateException("Redis was away a moment ago"));
    }
    return redis
        .send(request)
        .ifNoItem()
        .after(settings.timeout())
        .fail()
        .onFailure()
        .invoke(this::goWithout);
  }

  private void goWithout(Throwable failure) {
    awayUntil = clock.millis() + settings.pause().toMillis();
    LOG.warnf(
        "Cases come from the database alone for %d s: Redis: %s",
        settings.pause().toSeconds(), failure.toString());
  }

  private void count(String outcome) {
    metrics.counter("faultmaven.case.cache", "outcome", outcome).increment();
  }

  private static io.vertx.mutiny.core.buffer.Buffer argument(byte[] value) {
    return io.vertx.mutiny.core.buffer.Buffer.buffer(value);
  }

  // One slot of a cluster for both.
  private static String markKey(String caseId) {
    return "case:{" + caseId + "}:mark";
  }

  private static String copyKey(String caseId) {
    return "case:{" + caseId + "}:copy";
  }
}
