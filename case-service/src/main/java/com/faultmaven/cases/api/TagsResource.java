package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.CaseTags;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.ProblemDetail;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Tags of a case. */
@Cancellable(false)
@Path("/api/v1/cases/{case_id}/tags")
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
public class TagsResource {
  private final CaseTags tags;
  private final Caller caller;

  /** Wires the resource. */
  @Inject
  public TagsResource(CaseTags tags, Caller caller) {
    this.tags = tags;
    this.caller = caller;
  }

  /** Reads the tags. */
  @GET
  @Operation(summary = "List a case's tags")
  @APIResponse(responseCode = "200", description = "The tags in alphabetical order")
  public Uni<TagSet> getTags(@RestPath("case_id") String caseId) {
    return tags.get(Actor.of(caller), caseId).map(TagSet::new);
  }

  /** Replaces the tags. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Replace a case's tags")
  @APIResponse(responseCode = "200", description = "All tags of the case")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  public Uni<TagSet> putTags(@RestPath("case_id") String caseId, @Valid @NotNull TagSet request) {
    return tags.replace(Actor.of(caller), caseId, request.tags()).map(TagSet::new);
  }

  /** Adds tags. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Add tags to a case",
      description = "Those that are there already stay, so the request may be repeated.")
  @APIResponse(responseCode = "200", description = "All tags of the case")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "409", description = "More than 50 tags")
  public Uni<TagSet> addTags(@RestPath("case_id") String caseId, @Valid @NotNull TagSet request) {
    return tags.add(Actor.of(caller), caseId, request.tags()).map(TagSet::new);
  }

  /** Removes all tags. */
  @DELETE
  @Operation(summary = "Remove all tags from a case")
  @APIResponse(responseCode = "204", description = "Removed")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  public Uni<Void> clearTags(@RestPath("case_id") String caseId) {
    return tags.replace(Actor.of(caller), caseId, Set.of()).replaceWithVoid();
  }

  /** Removes one tag. */
  @DELETE
  @Path("{tag}")
  @Operation(summary = "Remove a tag from a case")
  @APIResponse(responseCode = "204", description = "Removed")
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  public Uni<Void> removeTag(@RestPath("case_id") String caseId, @RestPath String tag) {
    return tags.remove(Actor.of(caller), caseId, tag);
  }
}
