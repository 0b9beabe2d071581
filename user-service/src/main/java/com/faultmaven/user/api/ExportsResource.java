package com.faultmaven.user.api;

import com.faultmaven.common.userdata.ExportArchive;
import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.user.domain.privacy.Export;
import com.faultmaven.user.domain.privacy.ExportWriter;
import com.faultmaven.user.domain.privacy.Exports;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Exports that were asked for (decisions, section 9). */
@Cancellable(false)
@Path("/api/v1/exports")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "User data", description = "Take one's data away; have them erased")
@APIResponse(responseCode = "401", description = "No valid access token")
@APIResponse(
    responseCode = "404",
    description = "No such export, or not yours",
    content =
        @Content(
            mediaType = "application/problem+json",
            schema = @Schema(implementation = ProblemDetail.class)))
public class ExportsResource {
  private static final Duration LOOK_UP_TIMEOUT = Duration.ofSeconds(10);
  private static final String ZIP = "application/zip";

  private final Exports exports;
  private final ExportWriter writer;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public ExportsResource(Exports exports, ExportWriter writer, Callers callers) {
    this.exports = exports;
    this.writer = writer;
    this.callers = callers;
  }

  /** The archive of an export. */
  @GET
  @Path("/{export_id}")
  @Produces(ZIP)
  @Blocking
  @Operation(
      summary = "Fetch an export",
      description =
          "A zip archive: a JSON file for each category of data, the raw files, and manifest.json"
              + " with the size and SHA-256 of each. It holds the data as they are now. With Accept:"
              + " application/json the export itself.")
  @APIResponse(
      responseCode = "200",
      description = "The archive",
      content = {
        @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Export.class))
      })
  @APIResponse(responseCode = "410", description = "export-expired: ask for a new one")
  @APIResponse(responseCode = "503", description = "exports-busy, or a service is away")
  public Response getExport(
      @RestPath("export_id") String exportId, @Context RoutingContext exchange) {
    Export export = exports.fetch(callers.actor(), exportId).await().atMost(LOOK_UP_TIMEOUT);
    StreamingOutput archive =
        out -> {
          try {
            writer.write(export, out);
          } catch (RuntimeException | IOException e) {
            ExportArchive.breakOff(exchange.response());
            throw e;
          }
        };
    return Response.ok(archive, ZIP)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"faultmaven-" + export.exportId() + ".zip\"")
        .build();
  }

  /** An export without its data. */
  @GET
  @Path("/{export_id}")
  @Produces("application/json;qs=0.5")
  @Operation(hidden = true)
  public Uni<Export> describeExport(@RestPath("export_id") String exportId) {
    return exports.find(callers.actor(), exportId);
  }
}
