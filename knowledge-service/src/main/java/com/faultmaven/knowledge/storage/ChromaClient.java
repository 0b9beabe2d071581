package com.faultmaven.knowledge.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.repository.StorageUnavailableException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls Chroma's REST API, version 2. Every call has a deadline; a server that is away, slow or
 * failing is a {@link StorageUnavailableException}.
 */
final class ChromaClient implements AutoCloseable {
  private static final String STORAGE = "chroma";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final int RETRIES = 4;

  private final WebClient client;
  private final String collections;
  private final long timeout;

  /** Chroma has failed, which for a moment it does while a collection gets its first vectors. */
  private static final class ServerErrorException extends IOException {
    private static final long serialVersionUID = 1L;

    ServerErrorException(String message) {
      super(message);
    }
  }

  /** There is no such collection. */
  static final class NotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
      super(message, null, false, false);
    }
  }

  ChromaClient(Vertx vertx, URI url, ChromaSettings settings) {
    boolean tls = "https".equals(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    WebClientOptions options =
        new WebClientOptions()
            .setDefaultHost(url.getHost())
            .setDefaultPort(port)
            .setSsl(tls)
            .setConnectTimeout((int) settings.connectTimeout().toMillis())
            .setMaxPoolSize(settings.connections())
            .setMaxWaitQueueSize(settings.waiting());
    client = WebClient.create(vertx, options);
    String base = url.getPath() == null ? "" : url.getPath().replaceAll("/+$", "");
    collections =
        base
            + "/api/v2/tenants/"
            + encoded(settings.tenant())
            + "/databases/"
            + encoded(settings.database())
            + "/collections";
    timeout = settings.timeout().toMillis();
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Path of a collection, by name or by id, as Chroma wants it for the call. */
  static String collection(String nameOrId) {
    return "/" + encoded(nameOrId);
  }

  Uni<JsonNode> get(String path) {
    return call(HttpMethod.GET, path, null);
  }

  Uni<JsonNode> delete(String path) {
    return call(HttpMethod.DELETE, path, null);
  }

  Uni<JsonNode> post(String path, JsonNode body) {
    return call(HttpMethod.POST, path, body);
  }

  @Override
  public void close() {
    client.close();
  }

  private Uni<JsonNode> call(HttpMethod method, String path, @Nullable JsonNode body) {
    return Uni.createFrom()
        .deferred(
            () -> {
              var request =
                  client
                      .request(method, collections + path)
                      .timeout(timeout)
                      .putHeader("Content-Type", "application/json");
              return body == null ? request.send() : request.sendBuffer(Buffer.buffer(bytes(body)));
            })
        // Whatever stops an exchange half-way is the network or the server.
        .onFailure()
        .transform(failure -> new StorageUnavailableException(STORAGE, failure))
        .map(ChromaClient::answer)
        // Every call of ours may be made twice.
        .onFailure(failure -> failure.getCause() instanceof ServerErrorException)
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .atMost(RETRIES);
  }

  private static JsonNode answer(HttpResponse<Buffer> response) {
    int status = response.statusCode();
    Buffer body = response.body();
    if (status >= 500 || status == 429) {
      throw new StorageUnavailableException(
          STORAGE, new ServerErrorException("Chroma answered " + status + ": " + shortened(body)));
    }
    if (status == 404) {
      throw new NotFoundException(shortened(body));
    }
    if (status >= 400) {
      throw new IllegalStateException("Chroma refused a call: " + status + " " + shortened(body));
    }
    try {
      return body == null ? MissingNode.getInstance() : JSON.readTree(body.getBytes());
    } catch (IOException e) {
      throw new StorageUnavailableException(STORAGE, e);
    }
  }

  private static byte[] bytes(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  private static String shortened(@Nullable Buffer body) {
    String text = body == null ? "" : body.toString();
    return text.length() > 300 ? text.substring(0, 300) : text;
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
