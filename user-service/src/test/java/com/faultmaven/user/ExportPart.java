package com.faultmaven.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Other services' parts of an export, over HTTP. A test says beforehand for which user the part of
 * artifact-service fails, and how.
 */
public final class ExportPart {
  /** A service whose part is always fine. */
  public static final String CASES = "case-service";

  /** A service whose part may fail. */
  public static final String FILES = "artifact-service";

  // System properties, not fields: Quarkus loads test classes with several class loaders.
  private static final String MISHAP = "faultmaven.test.export.mishap.";

  private ExportPart() {}

  /** What may go wrong. */
  public enum Mishap {
    /** The service answers 503. */
    AWAY,

    /** The archive ends in its middle, in an answer that is whole. */
    CUT_OFF,

    /** What comes is whole, and leads out of the archive's directory. */
    STRANGE_PATH
  }

  /** Lets the part of artifact-service for this user fail. */
  public static void fails(String userId, Mishap mishap) {
    System.setProperty(MISHAP + userId, mishap.name());
  }

  /** What a file of a service holds for a user: more than any buffer on the way, compressed too. */
  public static byte[] content(String service, String userId) {
    byte[] content = new byte[1 << 20];
    new Random((service + userId).hashCode()).nextBytes(content);
    return content;
  }

  static void answer(HttpExchange exchange, String service) throws IOException {
    String userId = exchange.getRequestURI().getPath().replaceAll(".*/", "");
    String mishap = service.equals(FILES) ? System.getProperty(MISHAP + userId, "") : "";
    if (!isService(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.sendResponseHeaders(403, -1);
    } else if (mishap.equals(Mishap.AWAY.name())) {
      exchange.sendResponseHeaders(503, -1);
    } else {
      String path = mishap.equals(Mishap.STRANGE_PATH.name()) ? "../" + service : service;
      byte[] whole = archive(path + ".json", content(service, userId));
      byte[] sent =
          mishap.equals(Mishap.CUT_OFF.name()) ? Arrays.copyOf(whole, whole.length / 2) : whole;
      exchange.getResponseHeaders().set("Content-Type", "application/zip");
      exchange.sendResponseHeaders(200, sent.length);
      exchange.getResponseBody().write(sent);
    }
    exchange.close();
  }

  private static boolean isService(String authorization) {
    String claims = authorization.split("\\.")[1];
    return new String(Base64.getUrlDecoder().decode(claims), UTF_8)
        .contains("\"groups\":[\"service\"]");
  }

  private static byte[] archive(String path, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(path));
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }
}
