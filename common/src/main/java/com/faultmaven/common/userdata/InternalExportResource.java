package com.faultmaven.common.userdata;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.web.Problem;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.zip.Deflater;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The service's part of an export (API, every service): for services alone, never for users. */
@Cancellable(false)
@Path("/api/v1/internal/export")
@RolesAllowed(Roles.SERVICE)
@Tag(name = "Internal", description = "For the other services of the suite")
@APIResponse(responseCode = "401", description = "No valid access token")
@APIResponse(responseCode = "403", description = "Not a service's token")
public class InternalExportResource {
  private static final Logger LOG = Logger.getLogger(InternalExportResource.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final UserDataExport export;
  private final Caller caller;
  private final Semaphore turns;

  /** Wires the resource. */
  @Inject
  public InternalExportResource(UserDataExport export, Caller caller, ExportSettings settings) {
    this.export = export;
    this.caller = caller;
    this.turns = new Semaphore(settings.concurrent());
  }

  /** Everything that this service holds about a user. */
  @GET
  @Path("/{user_id}")
  @Produces("application/zip")
  @Blocking
  @Operation(
      summary = "Export what this service holds about a user",
      description =
          "A zip archive: a JSON file for each category, and the raw files. An archive that breaks"
              + " off has no directory at its end.")
  @APIResponse(
      responseCode = "200",
      description = "The archive; without files when nothing is held",
      content =
          @Content(
              mediaType = "application/zip",
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "404", description = "Not the id of a user")
  @APIResponse(responseCode = "503", description = "Too many exports at once")
  public StreamingOutput exportUserData(
      @RestPath("user_id") String userId, @Context RoutingContext exchange) {
    if (!Ids.isCanonical(userId)) {
      throw Problem.notFound("user");
    }
    String reader = caller.userId();
    return out -> write(userId, reader, out, exchange.response());
  }

  private void write(String userId, String reader, OutputStream out, HttpServerResponse answer)
      throws IOException {
    if (!turns.tryAcquire()) {
      throw Problem.unavailable(
          "exports-busy", "Too many exports are being written; try again soon.", RETRY_AFTER);
    }
    try {
      // On its way from one service to another the archive need not be small.
      ExportArchive archive = new ExportArchive(out, Deflater.BEST_SPEED);
      archive.addAll(export.files(userId, reader));
      archive.finish();
    } catch (RuntimeException | IOException e) {
      LOG.warnf("The export of %s breaks off: %s", userId, e.toString());
      ExportArchive.breakOff(answer);
      throw e;
    } finally {
      turns.release();
    }
  }
}
