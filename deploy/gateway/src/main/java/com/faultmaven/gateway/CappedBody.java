package com.faultmaven.gateway;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, passed through until it is larger than allowed; then it fails.
 *
 * <p>What follows is read and dropped, because a client that is still sending reads its refusal
 * only afterwards; one that never stops is cut off after as much again.
 */
final class CappedBody implements ReadStream<Buffer> {
  private final HttpServerRequest source;
  private final long limit;
  private long received;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Throwable> exceptionHandler;

  CappedBody(HttpServerRequest source, long limit) {
    this.source = source;
    this.limit = limit;
    source.handler(this::receive);
    source.exceptionHandler(this::fail);
  }

  boolean exceeded() {
    return received > limit;
  }

  private void receive(Buffer chunk) {
    boolean already = exceeded();
    received += chunk.length();
    if (received > 2 * limit) {
      source.connection().close();
    } else if (exceeded()) {
      if (!already) {
        fail(new IllegalStateException("the body is larger than " + limit + " bytes"));
      }
    } else if (handler != null) {
      handler.handle(chunk);
    }
  }

  private void fail(Throwable cause) {
    if (exceptionHandler != null) {
      exceptionHandler.handle(cause);
    }
  }

  @Override
  public ReadStream<Buffer> handler(@Nullable Handler<Buffer> next) {
    handler = next;
    return this;
  }

  @Override
  public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> next) {
    exceptionHandler = next;
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> next) {
    source.endHandler(next);
    return this;
  }

  @Override
  public ReadStream<Buffer> pause() {
    source.pause();
    return this;
  }

  @Override
  public ReadStream<Buffer> resume() {
    source.resume();
    return this;
  }

  @Override
  public ReadStream<Buffer> fetch(long amount) {
    source.fetch(amount);
    return this;
  }
}
