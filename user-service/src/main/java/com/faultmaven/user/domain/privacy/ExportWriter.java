package com.faultmaven.user.domain.privacy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.userdata.ExportArchive;
import com.faultmaven.common.userdata.UserDataExport;
import com.faultmaven.common.web.Problem;
import com.faultmaven.user.domain.AccessTokens;
import com.faultmaven.user.domain.SigningKeys;
import com.faultmaven.user.domain.privacy.ExportParts.Part;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.zip.Deflater;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Writes the archive of an export: this service's files, those of the others as they arrive, and a
 * manifest. Little of it is in memory at any time. All services must have begun their parts before
 * the first byte is written: one that is away is an answer 503, not half an archive.
 */
@ApplicationScoped
public class ExportWriter {
  private static final Logger LOG = Logger.getLogger(ExportWriter.class);
  private static final Duration KEY_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final UserDataExport own;
  private final ExportParts parts;
  private final SigningKeys keys;
  private final AccessTokens tokens;
  private final PrivacySettings settings;
  private final ObjectMapper json;
  private final Vertx vertx;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final String service;
  private final Semaphore turns;

  /** Wires the bean. */
  @Inject
  public ExportWriter(
      UserDataExport own,
      ExportParts parts,
      SigningKeys keys,
      AccessTokens tokens,
      PrivacySettings settings,
      ObjectMapper json,
      Vertx vertx,
      Clock clock,
      MeterRegistry metrics,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.own = own;
    this.parts = parts;
    this.keys = keys;
    this.tokens = tokens;
    this.settings = settings;
    this.json = json;
    this.vertx = vertx;
    this.clock = clock;
    this.metrics = metrics;
    this.service = service;
    turns = new Semaphore(settings.exportsAtOnce());
  }

  /**
   * Writes it, on a thread that may block.
   *
   * @throws Problem 503 {@code exports-busy} or {@code export-unavailable}, before anything is
   *     written
   * @throws IOException when it broke off; what was written has no end
   */
  public void write(Export export, OutputStream out) throws IOException {
    if (!turns.tryAcquire()) {
      throw Problem.unavailable(
          "exports-busy", "Too many exports are being written; try again soon.", RETRY_AFTER);
    }
    String outcome = "failed";
    try {
      List<Part> opened = parts.open(export.userId(), token());
      long end = vertx.setTimer(settings.exportTimeout().toMillis(), timer -> close(opened));
      try {
        write(export, opened, out);
        outcome = "written";
      } finally {
        vertx.cancelTimer(end);
        close(opened);
      }
    } finally {
      turns.release();
      metrics.counter("faultmaven.exports", "outcome", outcome).increment();
    }
  }

  private void write(Export export, List<Part> opened, OutputStream out) throws IOException {
    ExportArchive archive = new ExportArchive(out, Deflater.DEFAULT_COMPRESSION);
    try {
      archive.addAll(own.files(export.userId(), service));
      for (Part part : opened) {
        archive.addAll(part.archive());
      }
      archive.add("manifest.json", json.writeValueAsBytes(manifest(export, archive)));
      archive.finish();
    } catch (IOException | RuntimeException e) {
      LOG.warnf("Export %s breaks off: %s", export.exportId(), e.toString());
      throw e;
    }
  }

  private ExportManifest manifest(Export export, ExportArchive archive) {
    return new ExportManifest(
        ExportManifest.FORMAT,
        export.exportId(),
        export.userId(),
        clock.instant(),
        archive.entries());
  }

  private String token() {
    return tokens.signService(keys.current().await().atMost(KEY_TIMEOUT), service, Ids.next());
  }

  private static void close(List<Part> opened) {
    for (Part part : opened) {
      try {
        part.close();
      } catch (IOException e) {
        LOG.debugf("The transfer from %s is closed already: %s", part.service(), e.toString());
      }
    }
  }
}
