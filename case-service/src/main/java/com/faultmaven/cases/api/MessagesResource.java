package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.Actor;
import com.faultmaven.cases.domain.CaseMessages;
import com.faultmaven.cases.domain.MessageItems;
import com.faultmaven.cases.domain.Once;
import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.common.web.ProblemDetail;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Conversation of a case. */
@Cancellable(false)
@Path("/api/v1/cases/{case_id}/messages")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Messages", description = "The conversation of a case")
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
public class MessagesResource {
  private final CaseMessages messages;
  private final Validator validator;
  private final Caller caller;
  private final Clock clock;

  /** Wires the resource. */
  @Inject
  public MessagesResource(CaseMessages messages, Validator validator, Caller caller, Clock clock) {
    this.messages = messages;
    this.validator = validator;
    this.caller = caller;
    this.clock = clock;
  }

  /** Adds messages. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Add messages, one or many",
      description =
          "One object is answered by it; an array of up to 1000 by items, all or nothing.")
  @RequestBody(
      content =
          @Content(
              schema = @Schema(oneOf = {NewMessage.class, NewMessage[].class}),
              examples = {
                @ExampleObject(
                    name = "one",
                    value =
                        "{\"message_type\": \"user_query\", \"role\": \"user\", \"content\": \"Is the pool large enough?\"}"),
                @ExampleObject(
                    name = "many",
                    value =
                        "[{\"message_type\": \"user_query\", \"role\": \"user\", \"content\": \"Is the pool large enough?\"},"
                            + "{\"message_type\": \"agent_response\", \"role\": \"assistant\", \"content\": \"It is at its limit.\"}]")
              }))
  @APIResponse(
      responseCode = "201",
      description = "Added",
      content = @Content(schema = @Schema(oneOf = {CaseMessage.class, MessageItems.class})))
  @APIResponse(responseCode = "403", description = "The caller may read the case alone")
  @APIResponse(responseCode = "422", description = "The Idempotency-Key came with another request")
  public Uni<Response> addMessages(
      @RestPath("case_id") String caseId,
      @RestHeader("Idempotency-Key") @Nullable String key,
      @NotNull OneOrMany<NewMessage> request) {
    Instant now = clock.instant();
    Actor actor = Actor.of(caller);
    Once once = new Once(key, request);
    List<CaseMessage> added =
        request.valid(validator, Bounds.ROWS).stream()
            .map(message -> message.of(caseId, now))
            .toList();
    return request.single()
        ? messages.add(actor, caseId, added.getFirst(), once).map(Created::toResponse)
        : messages.addAll(actor, caseId, added, once).map(Created::toResponse);
  }

  /** Reads the thread. */
  @GET
  @Operation(summary = "Read a case's conversation")
  @APIResponse(
      responseCode = "200",
      description = "A page by cursor",
      content = @Content(schema = @Schema(implementation = MessagePage.class)))
  public Uni<CursorPage<ShownRow>> listMessages(
      @RestPath("case_id") String caseId,
      @Parameter(description = "Only messages of this type", example = "user_query") @RestQuery
          @Nullable String type,
      @Parameter(
              description = "Oldest first, or newest first",
              schema =
                  @Schema(
                      enumeration = {"asc", "desc"},
                      defaultValue = "asc"))
          @RestQuery
          @Nullable String order,
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
          @RestQuery
          @Nullable String limit,
      @Parameter(description = "next_cursor of the page before") @RestQuery
          @Nullable String cursor) {
    int size = QueryTexts.limit(limit);
    MessageQuery query =
        new MessageQuery(
            QueryTexts.one("type", MessageType.class, type),
            QueryTexts.newestFirst(order, false),
            Cursor.decode(cursor),
            size + 1);
    return messages
        .thread(Actor.of(caller), caseId, query)
        .map(found -> CaseAnswers.page(found, size, ShownRow::place));
  }
}
