package com.faultmaven.artifact.api;

import com.faultmaven.artifact.domain.UploadSettings;
import com.faultmaven.artifact.domain.WorkingFiles;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Streams the files of a multipart request to disk, at most so many requests at the same time. Of a
 * file that is too large the excess is counted and thrown away, so that the answer can say how
 * large it was; a request that is too large as a whole is given up.
 */
@ApplicationScoped
public class MultipartReceiver {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final WorkingFiles files;
  private final UploadSettings settings;
  private final Vertx vertx;
  private final Semaphore places;

  /** Wires the bean. */
  @Inject
  public MultipartReceiver(WorkingFiles files, UploadSettings settings, Vertx vertx) {
    this.files = files;
    this.settings = settings;
    this.vertx = vertx;
    this.places = new Semaphore(settings.maxConcurrent());
  }

  /**
   * Receives a request's form, gives it to the work, and deletes its files afterwards.
   *
   * @param exchange whose request is not read yet
   * @return what the work gives; fails with 400 {@code malformed-multipart}, 408 {@code
   *     upload-timeout}, 413 {@code request-too-large} and 503 {@code uploads-busy} problems
   */
  <T> Uni<T> receive(RoutingContext exchange, Function<ReceivedForm, Uni<? extends T>> work) {
    HttpServerRequest request = exchange.request();
    if (declaredLength(request) > settings.maxRequestBytes()) {
      closeAfterAnswer(exchange);
      return Uni.createFrom().failure(tooLarge(settings));
    }
    if (!places.tryAcquire()) {
      return Uni.createFrom()
          .failure(
              Problem.unavailable(
                  "uploads-busy", "Too many uploads are under way. Try again.", RETRY_AFTER));
    }
    Context context = vertx.getOrCreateContext();
    MultipartReception reception = new MultipartReception(exchange, settings, files);
    return Uni.createFrom()
        .<ReceivedForm>emitter(emitter -> context.runOnContext(ignored -> reception.begin(emitter)))
        .ifNoItem()
        .after(settings.receiveTimeout())
        .failWith(() -> Problem.of(408, "upload-timeout", "The upload took too long to arrive."))
        .emitOn(next -> context.runOnContext(ignored -> next.run()))
        .map(ReceivedForm::checked)
        .<T>flatMap(work)
        .onTermination()
        .call(() -> discard(reception))
        .onTermination()
        .invoke(() -> places.release());
  }

  /** A body that is too large is not read to its end: the connection ends with the answer. */
  static void closeAfterAnswer(RoutingContext exchange) {
    if (exchange.request().version() != HttpVersion.HTTP_2) {
      exchange.addEndHandler(ended -> exchange.request().connection().close());
    }
  }

  /** The refusal of a request that is too large as a whole. */
  static Problem tooLarge(UploadSettings settings) {
    return Problem.of(
            413,
            "request-too-large",
            String.format(
                "A request may have %,d bytes over all its files: send fewer files at a time.",
                settings.maxRequestBytes()))
        .with("limit_bytes", settings.maxRequestBytes());
  }

  private Uni<Void> discard(MultipartReception reception) {
    return Multi.createFrom()
        .iterable(reception.abandon())
        .onItem()
        .transformToUniAndConcatenate(files::delete)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private static long declaredLength(HttpServerRequest request) {
    String declared = request.getHeader("Content-Length");
    try {
      return declared == null ? 0 : Long.parseLong(declared);
    } catch (NumberFormatException e) {
      // The server has refused such a request already; without a length the bytes are counted.
      return 0;
    }
  }
}
