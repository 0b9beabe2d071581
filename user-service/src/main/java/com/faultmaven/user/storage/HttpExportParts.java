package com.faultmaven.user.storage;

import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.privacy.ExportParts;
import com.faultmaven.user.domain.privacy.PrivacySettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Parts over HTTP, each read as fast as the archive is written. */
@ApplicationScoped
public class HttpExportParts implements ExportParts {
  private static final Logger LOG = Logger.getLogger(HttpExportParts.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private static final String PATH = "/api/v1/internal/export/";

  private final Map<String, String> services = new LinkedHashMap<>();
  private final Duration startTimeout;

  /**
   * Wires the bean.
   *
   * @throws java.util.NoSuchElementException when a service has no URL in the settings
   */
  @Inject
  public HttpExportParts(PrivacySettings settings, Config config) {
    for (String service : settings.services()) {
      String url = config.getValue("faultmaven." + service + ".url", String.class);
      services.put(service, url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }
    startTimeout = settings.exportStartTimeout();
  }

  @Override
  public List<Part> open(String userId, String token) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    try {
      return open(client, userId, token);
    } finally {
      // Exports are rare: its threads end with the transfers that have begun.
      client.shutdown();
    }
  }

  private List<Part> open(HttpClient client, String userId, String token) {
    Map<String, CompletableFuture<HttpResponse<InputStream>>> asked = new LinkedHashMap<>();
    services.forEach(
        (service, url) ->
            asked.put(
                service,
                client.sendAsync(
                    request(url, userId, token), HttpResponse.BodyHandlers.ofInputStream())));
    List<Part> parts = new ArrayList<>();
    String missing = "";
    for (Map.Entry<String, CompletableFuture<HttpResponse<InputStream>>> answer :
        asked.entrySet()) {
      try {
        HttpResponse<InputStream> response = answer.getValue().join();
        parts.add(new Part(answer.getKey(), response.body()));
        if (response.statusCode() != 200) {
          LOG.warnf("No export from %s: it answers %d", answer.getKey(), response.statusCode());
          missing = answer.getKey();
        }
      } catch (CompletionException e) {
        LOG.warnf("No export from %s: %s", answer.getKey(), e.toString());
        missing = answer.getKey();
      }
    }
    if (!missing.isEmpty()) {
      parts.forEach(HttpExportParts::close);
      throw Problem.unavailable(
          "export-unavailable",
          "A part of the data cannot be had from " + missing + " just now; try again.",
          RETRY_AFTER);
    }
    return parts;
  }

  private HttpRequest request(String url, String userId, String token) {
    return HttpRequest.newBuilder(URI.create(url + PATH + userId))
        .timeout(startTimeout)
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/zip")
        .build();
  }

  private static void close(Part part) {
    try {
      part.close();
    } catch (IOException e) {
      LOG.debugf("The transfer from %s is closed already: %s", part.service(), e.toString());
    }
  }
}
