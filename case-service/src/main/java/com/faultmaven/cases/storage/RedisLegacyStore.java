package com.faultmaven.cases.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.faultmaven.cases.domain.legacy.LegacyCaseRefused;
import com.faultmaven.cases.domain.legacy.LegacyEntry;
import com.faultmaven.cases.domain.legacy.LegacyStore;
import com.faultmaven.cases.domain.legacy.LegacyValue;
import com.faultmaven.cases.domain.legacy.OffLoop;
import com.faultmaven.common.repository.StorageUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The previous layout in Redis. Only commands that read are sent. */
final class RedisLegacyStore implements LegacyStore {
  /** All keys of one case, as Redis counts their memory. */
  private static final long MAX_BYTES = 32L << 20;

  private static final String PAGE = "100";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Duration LAST_BACKOFF = Duration.ofSeconds(1);
  private static final int ATTEMPTS = 3;

  private final Redis redis;
  private final OffLoop offLoop;

  RedisLegacyStore(Redis redis, OffLoop offLoop) {
    this.redis = redis;
    this.offLoop = offLoop;
  }

  @Override
  public Uni<Keys> scan(String pattern, String cursor) {
    Request request =
        Request.cmd(Command.SCAN).arg(cursor).arg("MATCH").arg(pattern).arg("COUNT").arg(PAGE);
    return asked(() -> redis.send(request))
        .map(
            answer -> {
              List<String> keys = new ArrayList<>();
              answer.get(1).forEach(key -> keys.add(key.toString(UTF_8)));
              return new Keys(keys, answer.get(0).toString());
            });
  }

  @Override
  public Uni<Boolean> exists(String key) {
    return asked(() -> redis.send(Request.cmd(Command.EXISTS).arg(key)))
        .map(answer -> answer.toInteger() > 0);
  }

  @Override
  public Uni<Optional<LegacyEntry>> read(String key) {
    if (key.indexOf('\uFFFD') >= 0) {
      return Uni.createFrom()
          .failure(() -> new LegacyCaseRefused("", "the name of the key is not UTF-8"));
    }
    List<String> keys = new ArrayList<>();
    keys.add(key);
    LegacyEntry.PARTS.forEach(part -> keys.add(key + ":" + part));
    List<Request> questions = new ArrayList<>();
    for (String each : keys) {
      questions.add(Request.cmd(Command.TYPE).arg(each));
      questions.add(Request.cmd(Command.MEMORY).arg("USAGE").arg(each).arg("SAMPLES").arg("0"));
    }
    return asked(() -> redis.batch(questions)).flatMap(answers -> read(key, keys, answers));
  }

  /**
   * Reads the keys that are there.
   *
   * @param answers type and size of each key
   */
  private Uni<Optional<LegacyEntry>> read(String key, List<String> keys, List<Response> answers) {
    Map<String, Request> requests = new LinkedHashMap<>();
    List<String> types = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < keys.size(); i++) {
      String type = answers.get(2 * i).toString();
      if (!type.equals("none")) {
        requests.put(keys.get(i), request(key, keys.get(i), type));
        types.add(type);
        Response size = answers.get(2 * i + 1);
        bytes += size == null ? 0 : size.toLong();
      }
    }
    if (!requests.containsKey(key)) {
      return Uni.createFrom().item(Optional.empty());
    }
    if (bytes > MAX_BYTES) {
      throw new LegacyCaseRefused("", "is larger than " + (MAX_BYTES >> 20) + " MiB");
    }
    return asked(() -> redis.batch(List.copyOf(requests.values())))
        .flatMap(
            values ->
                offLoop.run(
                    () -> Optional.of(entry(key, List.copyOf(requests.keySet()), types, values))));
  }

  private static Request request(String key, String each, String type) {
    return switch (type) {
      case "string" -> Request.cmd(Command.GET).arg(each);
      case "hash" -> Request.cmd(Command.HGETALL).arg(each);
      case "list" -> Request.cmd(Command.LRANGE).arg(each).arg("0").arg("-1");
      default ->
          throw new LegacyCaseRefused(
              field(key, each), "is a " + type + "; a hash, a list or a JSON text is expected");
    };
  }

  private static String field(String key, String each) {
    return each.equals(key) ? "" : each.substring(key.length() + 1);
  }

  private static LegacyEntry entry(
      String key, List<String> keys, List<String> types, List<Response> values) {
    Map<String, LegacyValue> all = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      String field = field(key, keys.get(i));
      Response value = values.get(i);
      if (value != null && (!types.get(i).equals("hash") || value.size() > 0)) {
        all.put(field, value(field, types.get(i), value));
      }
    }
    LegacyValue own = all.remove("");
    if (own == null) {
      throw new LegacyCaseRefused("", "changed while it was read");
    }
    return new LegacyEntry(key, own, all);
  }

  private static LegacyValue value(String field, String type, Response answer) {
    if (type.equals("string")) {
      return new LegacyValue.Text(text(field, answer));
    }
    List<String> texts = new ArrayList<>();
    answer.forEach(each -> texts.add(text(field, each)));
    if (type.equals("list")) {
      return new LegacyValue.Items(texts);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      fields.put(texts.get(i), texts.get(i + 1));
    }
    return new LegacyValue.Fields(fields);
  }

  private static String text(String field, Response answer) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(answer.toBytes())).toString();
    } catch (CharacterCodingException e) {
      throw new LegacyCaseRefused(field, "is not UTF-8");
    }
  }

  private static <T> Uni<T> asked(Supplier<Uni<T>> question) {
    return Uni.createFrom()
        .deferred(() -> question.get())
        .ifNoItem()
        .after(TIMEOUT)
        .fail()
        .onFailure()
        .retry()
        .withBackOff(FIRST_BACKOFF, LAST_BACKOFF)
        .atMost(ATTEMPTS - 1)
        .onFailure()
        .transform(failure -> new StorageUnavailableException("redis", failure));
  }

  @Override
  public void close() {
    redis.close();
  }
}
