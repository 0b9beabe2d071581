package com.faultmaven.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The API page at {@code /}: its few files, read once and served from memory. */
final class ApiPage {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Nothing from elsewhere, nothing inline, no frames; Swagger UI draws its icons as data URLs. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Map<String, File> files;

  private ApiPage(Map<String, File> files) {
    this.files = Map.copyOf(files);
  }

  /** The page that ships in this jar, with the Swagger UI of its web jar. */
  static ApiPage load() {
    Properties versions = new Properties();
    try (InputStream in = open("/web/versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String swagger =
        "/META-INF/resources/webjars/swagger-ui/" + versions.getProperty("swagger-ui") + "/";
    return new ApiPage(
        Map.of(
            "/", read("/web/index.html", HTML),
            "/page.css", read("/web/page.css", CSS),
            "/page.js", read("/web/page.js", SCRIPT),
            "/favicon.svg", read("/web/favicon.svg", "image/svg+xml"),
            "/assets/swagger-ui.css", read(swagger + "swagger-ui.css", CSS),
            "/assets/swagger-ui-bundle.js", read(swagger + "swagger-ui-bundle.js", SCRIPT)));
  }

  Optional<File> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  private static File read(String resource, String type) {
    try (InputStream in = open(resource)) {
      byte[] content = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      String etag = "\"" + HexFormat.of().formatHex(digest, 0, 12) + "\"";
      return new File(Buffer.buffer(content), type, etag);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static InputStream open(String resource) throws IOException {
    InputStream in = ApiPage.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IOException("missing in the class path: " + resource);
    }
    return in;
  }

  /**
   * One file of the page.
   *
   * @param content its bytes
   * @param type its media type
   * @param etag changes with the content
   */
  record File(Buffer content, String type, String etag) {
    void answer(HttpServerRequest request) {
      var response =
          request
              .response()
              .putHeader("ETag", etag)
              .putHeader("Cache-Control", "no-cache")
              .putHeader("Content-Security-Policy", POLICY)
              .putHeader("Referrer-Policy", "no-referrer");
      if (etag.equals(request.getHeader("If-None-Match"))) {
        response.setStatusCode(304).end();
      } else {
        response.putHeader("Content-Type", type).end(content);
      }
    }
  }
}
