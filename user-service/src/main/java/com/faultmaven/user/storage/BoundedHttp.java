package com.faultmaven.user.storage;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP client that gives up on answers that are too slow or too long. */
final class BoundedHttp implements AutoCloseable {
  private final HttpClient client;
  private final Duration timeout;
  private final int limit;

  /**
   * Wraps a client.
   *
   * @param timeout how long a whole exchange may take once there is a connection
   * @param limit most bytes of an answer
   */
  BoundedHttp(HttpClient client, Duration timeout, int limit) {
    this.client = client;
    this.timeout = timeout;
    this.limit = limit;
  }

  /**
   * An answer.
   *
   * @param status HTTP status
   * @param body the whole body
   */
  record Answer(int status, Buffer body) {
    /** Shows the status alone. */
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  /** Calls once. */
  Uni<Answer> call(RequestOptions options, @Nullable Buffer body) {
    return Uni.createFrom()
        .completionStage(
            () ->
                client
                    .request(options)
                    .compose(request -> exchange(request, body))
                    .toCompletionStage());
  }

  @Override
  public void close() {
    client.close();
  }

  private Future<Answer> exchange(HttpClientRequest request, @Nullable Buffer body) {
    return (body == null ? request.send() : request.send(body))
        .compose(this::read)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        // The connection is of no use any more.
        .onFailure(failure -> request.reset());
  }

  private Future<Answer> read(HttpClientResponse response) {
    Promise<Answer> answer = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(
        chunk -> {
          if (body.length() + chunk.length() > limit) {
            response.pause();
            answer.tryFail(new IOException("the answer is longer than " + limit + " bytes"));
          } else {
            body.appendBuffer(chunk);
          }
        });
    response.exceptionHandler(answer::tryFail);
    response.endHandler(end -> answer.tryComplete(new Answer(response.statusCode(), body)));
    return answer.future();
  }
}
