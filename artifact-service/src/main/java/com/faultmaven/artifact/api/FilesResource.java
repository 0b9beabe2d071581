package com.faultmaven.artifact.api;

import com.faultmaven.artifact.domain.CaseFiles;
import com.faultmaven.artifact.domain.ContentLinks;
import com.faultmaven.artifact.domain.FileEvents;
import com.faultmaven.artifact.domain.FileRecord;
import com.faultmaven.artifact.domain.Reprocessing;
import com.faultmaven.artifact.domain.Requester;
import com.faultmaven.artifact.domain.SanitizedContent;
import com.faultmaven.artifact.domain.StageEvent;
import com.faultmaven.common.model.artifact.PreprocessingResult;
import com.faultmaven.common.repository.ByteRange;
import com.faultmaven.common.security.Caller;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** One file (API, artifact-service). */
@Cancellable(false)
@Path("/api/v1/files/{file_id}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Files")
public class FilesResource {
  private final CaseFiles files;
  private final Reprocessing reprocessing;
  private final FileEvents events;
  private final ContentLinks links;
  private final SanitizedContent sanitized;
  private final Caller caller;

  /** Wires the resource. */
  public FilesResource(
      CaseFiles files,
      Reprocessing reprocessing,
      FileEvents events,
      ContentLinks links,
      SanitizedContent sanitized,
      Caller caller) {
    this.files = files;
    this.reprocessing = reprocessing;
    this.events = events;
    this.links = links;
    this.sanitized = sanitized;
    this.caller = caller;
  }

  /** Shows a file. */
  @GET
  @Operation(summary = "Show a file with its result")
  @APIResponse(responseCode = "200", description = "The file")
  @APIResponse(responseCode = "404", description = "There is no such file for the caller")
  @APIResponse(responseCode = "503", description = "The text cannot be had now")
  public Uni<FileView> getFile(
      @RestPath("file_id") String fileId,
      @RestQuery("sanitized_content")
          @Parameter(description = "Also give the whole text, without personal data and secrets")
          boolean withText) {
    Requester requester = Requester.of(caller);
    return files
        .details(fileId, requester)
        .flatMap(file -> withText ? sanitized.addTo(file) : Uni.createFrom().item(file))
        .map(file -> FileView.of(file, requester));
  }

  /** Deletes a file. */
  @DELETE
  @Operation(summary = "Delete a file with its raw bytes")
  @APIResponse(responseCode = "204", description = "Deleted")
  @APIResponse(responseCode = "403", description = "The case may be read, not changed")
  @APIResponse(responseCode = "404", description = "There is no such file for the caller")
  public Uni<Void> deleteFile(@RestPath("file_id") String fileId) {
    return files.delete(fileId, Requester.of(caller));
  }

  /** Gives the raw bytes. */
  @GET
  @Path("/content")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @Operation(
      summary = "Download the raw bytes",
      description =
          "Takes Range, If-Range and If-None-Match; redirect=true answers with an address"
              + " that works for 5 minutes without a token.")
  @APIResponse(
      responseCode = "200",
      description = "All bytes",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  @APIResponse(responseCode = "206", description = "The part that was asked for")
  @APIResponse(responseCode = "303", description = "Where the bytes can be fetched")
  @APIResponse(responseCode = "304", description = "What the caller has is still right")
  @APIResponse(responseCode = "404", description = "There is no such file for the caller")
  @APIResponse(responseCode = "416", description = "The file ends before that range")
  public Multi<Buffer> downloadContent(
      @RestPath("file_id") String fileId,
      @RestHeader("Range") @Nullable String range,
      @RestHeader("If-Range") @Nullable String ifRange,
      @RestHeader("If-None-Match") @Nullable String ifNoneMatch,
      @Context RoutingContext exchange,
      @RestQuery @Parameter(description = "Answer with a presigned address") boolean redirect) {
    // The length is known: the framework's default of a chunked answer must not stand beside it.
    exchange.addHeadersEndHandler(
        ending -> {
          MultiMap headers = exchange.response().headers();
          if (headers.contains(HttpHeaders.CONTENT_LENGTH)) {
            headers.remove(HttpHeaders.TRANSFER_ENCODING);
          }
        });
    return RestMulti.fromUniResponse(
        files
            .details(fileId, Requester.of(caller))
            .flatMap(
                file -> {
                  String etag = '"' + file.sha256() + '"';
                  if (redirect) {
                    return links
                        .to(file.file().s3Key(), Attachment.named(file.file().filename()))
                        .map(uri -> Download.redirected(uri.toString()));
                  }
                  if (ifNoneMatch != null && matches(ifNoneMatch, etag)) {
                    return Uni.createFrom().item(Download.unchanged(etag));
                  }
                  boolean whole = ifRange != null && !ifRange.strip().equals(etag);
                  return read(file, etag, whole ? null : range);
                }),
        Download::bytes,
        Download::headers,
        Download::status);
  }

  /** Makes the choice about a file, or tries again. */
  @POST
  @Path("/processing")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Choose how a large file is processed, or try again after a failure",
      description = "Also keeps a file that was only previewed, while its raw bytes are there.")
  @APIResponse(responseCode = "200", description = "What was found")
  @APIResponse(responseCode = "400", description = "No such processing mode or data type")
  @APIResponse(responseCode = "403", description = "The case may be read, not changed")
  @APIResponse(responseCode = "404", description = "There is no such file for the caller")
  @APIResponse(responseCode = "409", description = "It is processed already, or just now")
  @APIResponse(responseCode = "503", description = "Too much is waiting, or a store is away")
  public Uni<PreprocessingResult> processFile(
      @RestPath("file_id") String fileId, @NotNull @Valid ProcessingRequest choice) {
    return reprocessing.process(
        fileId, choice.processingMode(), choice.dataType(), Requester.of(caller));
  }

  /** Follows the processing of a file. */
  @GET
  @Path("/events")
  @VisibleFile
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RestStreamElementType(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Follow the stages of a file's processing",
      description =
          "Server-sent events: where the file is now, then each stage, until it is completed, has"
              + " failed or is gone.")
  @APIResponse(responseCode = "200", description = "A stream of stages")
  @APIResponse(responseCode = "404", description = "There is no such file for the caller")
  public Multi<StageEvent> followFile(@RestPath("file_id") String fileId) {
    return events.follow(fileId);
  }

  /** An answer with bytes, or without. */
  private record Download(int status, Map<String, List<String>> headers, Multi<Buffer> bytes) {
    static Download redirected(String location) {
      return new Download(303, Map.of("Location", List.of(location)), Multi.createFrom().empty());
    }

    static Download unchanged(String etag) {
      return new Download(304, Map.of("ETag", List.of(etag)), Multi.createFrom().empty());
    }
  }

  private Uni<Download> read(FileRecord file, String etag, @Nullable String range) {
    long size = file.file().sizeBytes();
    ByteRange part = ByteRangeHeader.parse(range, size);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("ETag", List.of(etag));
    headers.put("Accept-Ranges", List.of("bytes"));
    headers.put("Content-Disposition", List.of(Attachment.named(file.file().filename())));
    long length = size;
    if (part != null) {
      length = part.last() - part.first() + 1;
      headers.put(
          "Content-Range", List.of("bytes " + part.first() + "-" + part.last() + "/" + size));
    }
    headers.put("Content-Length", List.of(Long.toString(length)));
    return files
        .content(file, part)
        .map(
            content ->
                new Download(
                    part == null ? 200 : 206, headers, content.bytes().map(FilesResource::buffer)));
  }

  private static Buffer buffer(ByteBuffer piece) {
    byte[] bytes = new byte[piece.remaining()];
    piece.get(bytes);
    return Buffer.buffer(bytes);
  }

  private static boolean matches(String ifNoneMatch, String etag) {
    for (String known : ifNoneMatch.split(",", -1)) {
      String tag = known.strip();
      if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
        return true;
      }
    }
    return false;
  }
}
