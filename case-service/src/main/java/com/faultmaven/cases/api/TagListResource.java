package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.CaseTags;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.ProblemDetail;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Tags of the caller's cases. */
@Cancellable(false)
@Path("/api/v1/tags")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tags", description = "Labels of cases")
@APIResponse(
    responseCode = "400",
    description = "The request cannot be read",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
@APIResponse(
    responseCode = "401",
    description = "No valid access token",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
@APIResponse(
    responseCode = "404",
    description = "No such thing for the caller",
    content = @Content(schema = @Schema(implementation = ProblemDetail.class)))
public class TagListResource {
  private final CaseTags tags;
  private final Caller caller;

  /** Wires the resource. */
  @Inject
  public TagListResource(CaseTags tags, Caller caller) {
    this.tags = tags;
    this.caller = caller;
  }

  /** Lists tags. */
  @GET
  @Operation(summary = "List the tags of your cases, with how many cases have each")
  @APIResponse(responseCode = "200", description = "The tags in alphabetical order")
  public Uni<TagCounts> listTags() {
    return tags.count(Actor.of(caller))
        .map(
            counts ->
                new TagCounts(
                    counts.entrySet().stream()
                        .map(tag -> new TagCounts.TagCount(tag.getKey(), tag.getValue()))
                        .toList()));
  }
}
