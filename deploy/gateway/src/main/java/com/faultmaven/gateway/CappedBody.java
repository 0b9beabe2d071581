package com.faultmaven.gateway;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, passed through until it is larger or takes longer than allowed; then it
 * fails.
 *
 * <p>What follows a body that is too large is read and dropped, because a client that is still
 * sending reads its refusal only afterwards; one that never stops is cut off after as much again,
 * or when its time is over.
 */
final class CappedBody implements ReadStream<Buffer> {
  private final Vertx vertx;
  private final HttpServerRequest source;
  private final long limit;
  private final long timer;
  private long received;
  private boolean expired;
  private boolean ended;
  private @Nullable Throwable failure;
  private @Nullable Handler<Buffer> handler;
  private @Nullable Handler<Throwable> exceptionHandler;
  private @Nullable Handler<Void> endHandler;

  CappedBody(Vertx vertx, HttpServerRequest source, GatewaySettings settings) {
    this.vertx = vertx;
    this.source = source;
    this.limit = settings.maxBodyBytes();
    int seconds = settings.bodySeconds();
    timer = vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), fired -> expire(seconds));
    source.handler(this::receive);
    source.exceptionHandler(this::broken);
    source.endHandler(this::end);
  }

  boolean exceeded() {
    return received > limit;
  }

  /** Whether its time was over before it was complete. */
  boolean expired() {
    return expired;
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

  private void expire(int seconds) {
    expired = true;
    if (source.response().ended()) {
      source.connection().close();
    } else {
      fail(new TimeoutException("the body took longer than " + seconds + " seconds"));
    }
  }

  private void broken(Throwable cause) {
    vertx.cancelTimer(timer);
    fail(cause);
  }

  private void end(Void nothing) {
    vertx.cancelTimer(timer);
    ended = true;
    if (endHandler != null) {
      endHandler.handle(null);
    }
  }

  private void fail(Throwable cause) {
    failure = cause;
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
    if (next != null && failure != null) {
      // It failed while a connection to the service was waited for.
      next.handle(failure);
    }
    return this;
  }

  @Override
  public ReadStream<Buffer> endHandler(@Nullable Handler<Void> next) {
    endHandler = next;
    if (next != null && ended) {
      next.handle(null);
    }
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
