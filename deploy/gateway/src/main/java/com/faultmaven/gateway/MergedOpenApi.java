package com.faultmaven.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The merged API document, fetched from the services when it is asked for and kept for a while. */
final class MergedOpenApi {
  private static final Logger LOG = Logger.getLogger("openapi");
  private static final String PATH = "/q/openapi?format=json";
  private static final long FETCH_TIMEOUT_MILLIS = 3_000;

  private final HttpClient client;
  private final Map<Upstream, URI> services;
  private final Duration lifetime;
  private @Nullable Future<Buffer> kept;
  private long keptSinceNanos;

  /**
   * @param lifetime how long a merged document is answered before the services are asked again
   */
  MergedOpenApi(HttpClient client, Map<Upstream, URI> services, Duration lifetime) {
    this.client = client;
    this.services = services;
    this.lifetime = lifetime;
  }

  /**
   * The document as JSON. A service that does not answer is left out; it fails only when a service
   * answers with something that is not an API document.
   */
  synchronized Future<Buffer> document() {
    Future<Buffer> current = kept;
    long age = System.nanoTime() - keptSinceNanos;
    if (current == null || (current.isComplete() && age > lifetime.toNanos())) {
      current = fetchAll();
      kept = current;
      keptSinceNanos = System.nanoTime();
    }
    return current;
  }

  private Future<Buffer> fetchAll() {
    Map<Upstream, Future<JsonObject>> fetched = new EnumMap<>(Upstream.class);
    services.forEach((service, address) -> fetched.put(service, fetch(service, address)));
    List<Future<JsonObject>> all = new ArrayList<>(fetched.values());
    return Future.join(all)
        .transform(
            done -> {
              Map<Upstream, JsonObject> documents = new EnumMap<>(Upstream.class);
              fetched.forEach(
                  (service, document) -> {
                    if (document.succeeded()) {
                      documents.put(service, document.result());
                    }
                  });
              return Future.succeededFuture(OpenApiMerge.merge(documents).toBuffer());
            });
  }

  private Future<JsonObject> fetch(Upstream service, URI address) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(address + PATH)
            .setTimeout(FETCH_TIMEOUT_MILLIS);
    return client
        .request(options)
        .compose(request -> request.send())
        .compose(MergedOpenApi::body)
        .map(Buffer::toJsonObject)
        .onFailure(
            failure ->
                LOG.log(
                    Level.WARNING,
                    "no API document from {0}: {1}",
                    new Object[] {service.module(), reason(failure)}));
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    return response.statusCode() == 200
        ? response.body()
        : response
            .end()
            .compose(end -> Future.failedFuture("answered status " + response.statusCode()));
  }

  private static String reason(Throwable failure) {
    return failure instanceof DecodeException ? "it is not JSON" : String.valueOf(failure);
  }
}
