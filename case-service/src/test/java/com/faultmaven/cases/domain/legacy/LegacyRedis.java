package com.faultmaven.cases.domain.legacy;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the previous layout into a real Redis, under keys of one test alone. */
public final class LegacyRedis implements AutoCloseable {
  private final Redis redis;
  private final String prefix;
  private final List<String> keys = new ArrayList<>();

  /**
   * A part of a Redis.
   *
   * @param prefix begins every key, for example {@code t1:case:}
   */
  public LegacyRedis(Vertx vertx, String url, String prefix) {
    this.redis = Redis.createClient(vertx, url);
    this.prefix = prefix;
  }

  /** Its keys, as Redis matches. */
  public String pattern() {
    return prefix + "*";
  }

  /** The key of a case. */
  public String key(String caseId) {
    return prefix + caseId;
  }

  /** A string. */
  public void text(String name, String value) {
    write(Request.cmd(Command.SET).arg(made(name)).arg(value));
  }

  /** A string that is no text. */
  public void bytes(String name, byte[] value) {
    write(Request.cmd(Command.SET).arg(made(name)).arg(Buffer.buffer(value)));
  }

  /** A hash. */
  public void hash(String name, Map<String, String> fields) {
    Request request = Request.cmd(Command.HSET).arg(made(name));
    fields.forEach((field, value) -> request.arg(field).arg(value));
    write(request);
  }

  /** A list. */
  public void list(String name, List<String> items) {
    Request request = Request.cmd(Command.RPUSH).arg(made(name));
    items.forEach(request::arg);
    write(request);
  }

  /** A set, which is none of the layout. */
  public void set(String name, String member) {
    write(Request.cmd(Command.SADD).arg(made(name)).arg(member));
  }

  /** Removes a key. */
  public void remove(String name) {
    write(Request.cmd(Command.DEL).arg(prefix + name));
  }

  private String made(String name) {
    keys.add(name);
    return prefix + name;
  }

  private void write(Request request) {
    redis.send(request).await().atMost(Duration.ofSeconds(10));
  }

  @Override
  public void close() {
    keys.forEach(this::remove);
    redis.close();
  }
}
