package com.faultmaven.user.api;

import com.faultmaven.common.model.user.UserProfile;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.ProblemDetail;
import com.faultmaven.user.domain.Accounts;
import com.faultmaven.user.domain.factor.SecondFactors;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Accounts (API, user-service): one's own, and all of them for admins. */
@Cancellable(false)
@Path("/api/v1/users")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "Users", description = "Accounts: one's own, and all of them for admins")
@APIResponse(responseCode = "401", description = "No valid access token")
public class UsersResource {
  private final Accounts accounts;
  private final SecondFactors factors;
  private final Callers callers;

  /** Wires the bean. */
  @Inject
  public UsersResource(Accounts accounts, SecondFactors factors, Callers callers) {
    this.accounts = accounts;
    this.factors = factors;
    this.callers = callers;
  }

  /** Lists accounts. */
  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "List accounts", description = "Oldest first, without deleted ones. Admin.")
  @APIResponse(responseCode = "200", description = "A page of accounts")
  @APIResponse(responseCode = "400", description = "limit, offset or query is out of range")
  @APIResponse(responseCode = "403", description = "Not an admin")
  public Uni<Page<UserProfile>> listUsers(
      @Parameter(description = "How many, 1 to 200", example = "50") @RestQuery
          @Nullable Integer limit,
      @Parameter(description = "How many to pass over", example = "0") @RestQuery
          @Nullable Integer offset,
      @Parameter(description = "What the user name, address or display name begins with")
          @RestQuery
          @Size(max = 254, message = "must have at most 254 characters")
          @Pattern(regexp = Texts.LINE, message = Texts.LINE_MESSAGE)
          @Nullable String query) {
    return accounts.list(callers.actor(), query, PageRequest.of(limit, offset));
  }

  /** One account. */
  @GET
  @Path("/{user_id}")
  @Operation(summary = "Get an account", description = "One's own; admins see all, deleted too.")
  @APIResponse(responseCode = "200", description = "The account")
  @APIResponse(
      responseCode = "404",
      description = "No such account, or not yours",
      content =
          @Content(
              mediaType = "application/problem+json",
              schema = @Schema(implementation = ProblemDetail.class)))
  public Uni<UserProfile> getUser(@RestPath("user_id") String userId) {
    return accounts.find(callers.actor(), userId);
  }

  /** Changes a profile. */
  @PATCH
  @Path("/{user_id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change a profile", description = "What is left out stays as it is.")
  @APIResponse(responseCode = "200", description = "The account as it is now")
  @APIResponse(responseCode = "400", description = "A field is wrong")
  @APIResponse(responseCode = "403", description = "Another's, and not an admin any more")
  @APIResponse(responseCode = "404", description = "No such account, or not yours")
  public Uni<UserProfile> updateUser(
      @RestPath("user_id") String userId,
      @NotNull(message = "is missing") @Valid ProfileRequest request) {
    return accounts.change(callers.actor(), userId, request.toChange());
  }

  /** Deletes an account softly. */
  @DELETE
  @Path("/{user_id}")
  @Operation(summary = "Delete an account", description = "An admin can restore it.")
  @APIResponse(responseCode = "204", description = "Deleted; its log-ins have ended")
  @APIResponse(responseCode = "403", description = "Another's, and not an admin any more")
  @APIResponse(responseCode = "404", description = "No such account, or not yours")
  @APIResponse(responseCode = "409", description = "last-admin")
  public Uni<Void> deleteUser(@RestPath("user_id") String userId) {
    return accounts.delete(callers.actor(), userId);
  }

  /** Sets an account's roles. */
  @PUT
  @Path("/{user_id}/roles")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Set the roles",
      description = "They show in tokens made from now on. Admin.")
  @APIResponse(responseCode = "200", description = "The account as it is now")
  @APIResponse(responseCode = "400", description = "No role, or one that is not known")
  @APIResponse(responseCode = "403", description = "Not an admin")
  @APIResponse(responseCode = "404", description = "No such account")
  @APIResponse(responseCode = "409", description = "last-admin")
  public Uni<UserProfile> setRoles(
      @RestPath("user_id") String userId,
      @NotNull(message = "is missing") @Valid RolesRequest request) {
    return accounts.setRoles(callers.actor(), userId, request.toRoles());
  }

  /** Removes an account's second factor. */
  @DELETE
  @Path("/{user_id}/second-factor")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Remove the second factor of who has lost it",
      description = "The owner gets a mail. Without one nothing happens. Admin.")
  @APIResponse(responseCode = "204", description = "Log-ins need the password alone")
  @APIResponse(responseCode = "403", description = "Not an admin")
  @APIResponse(responseCode = "404", description = "No such account")
  public Uni<Void> resetSecondFactor(@RestPath("user_id") String userId) {
    return factors.reset(callers.actor(), userId);
  }

  /** Stops an account. */
  @POST
  @Path("/{user_id}/deactivate")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Deactivate an account", description = "Its log-ins end. Admin.")
  @APIResponse(responseCode = "200", description = "The account as it is now")
  @APIResponse(responseCode = "403", description = "Not an admin")
  @APIResponse(responseCode = "404", description = "No such account")
  @APIResponse(responseCode = "409", description = "last-admin")
  public Uni<UserProfile> deactivateUser(@RestPath("user_id") String userId) {
    return accounts.deactivate(callers.actor(), userId);
  }

  /** Lets a stopped account log in again. */
  @POST
  @Path("/{user_id}/activate")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Activate an account", description = "Admin.")
  @APIResponse(responseCode = "200", description = "The account as it is now")
  @APIResponse(responseCode = "403", description = "Not an admin")
  @APIResponse(responseCode = "404", description = "No such account")
  public Uni<UserProfile> activateUser(@RestPath("user_id") String userId) {
    return accounts.activate(callers.actor(), userId);
  }

  /** Takes back a deletion. */
  @POST
  @Path("/{user_id}/restore")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Restore a deleted account", description = "Admin.")
  @APIResponse(responseCode = "200", description = "The account as it is now")
  @APIResponse(responseCode = "403", description = "Not an admin")
  @APIResponse(responseCode = "404", description = "No such account")
  public Uni<UserProfile> restoreUser(@RestPath("user_id") String userId) {
    return accounts.restore(callers.actor(), userId);
  }
}
