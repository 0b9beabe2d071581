package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.legacy.Imports;
import com.faultmaven.common.job.JobRun;
import com.faultmaven.common.security.Caller;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.web.PageRequest;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Imports of the previous layout (specification, appendix B.1), for admins. */
@Cancellable(false)
@Path("/api/v1/internal/imports")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Imports", description = "Cases of the previous layout, which had them in Redis")
@APIResponse(responseCode = "401", description = "No valid access token")
@APIResponse(responseCode = "403", description = "Not an admin")
public class ImportsResource {
  private static final String RUN = "/api/v1/admin/jobs/" + Imports.JOB + "/runs/";

  private final Imports imports;
  private final Caller caller;

  /** Wires the bean. */
  @Inject
  public ImportsResource(Imports imports, Caller caller) {
    this.imports = imports;
    this.caller = caller;
  }

  /** Starts an import. */
  @POST
  @Path("/redis")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Import cases from Redis",
      description =
          "Waits some seconds for its end; the run goes on after that. Its counts are read, imported"
              + " (importable in a dry run), already_there and refused. May be repeated. Admin.")
  @APIResponse(responseCode = "200", description = "The run, which has ended")
  @APIResponse(responseCode = "202", description = "The run, which goes on; Location leads to it")
  @APIResponse(responseCode = "400", description = "url is needed, wrong, or must not be given")
  @APIResponse(responseCode = "409", description = "job-running: an import runs")
  @APIResponse(responseCode = "503", description = "jobs-busy: too many jobs run")
  public Uni<RestResponse<JobRun>> importFromRedis(@NotNull @Valid NewImport body) {
    return imports
        .start(caller.userId(), body.url(), body.pattern(), Boolean.TRUE.equals(body.dryRun()))
        .map(ImportsResource::answer);
  }

  private static RestResponse<JobRun> answer(JobRun run) {
    RestResponse.Status status =
        run.endedAt() == null ? RestResponse.Status.ACCEPTED : RestResponse.Status.OK;
    return RestResponse.ResponseBuilder.create(status, run)
        .location(URI.create(RUN + run.runId()))
        .build();
  }

  /** What was refused. */
  @GET
  @Path("/{run_id}/refusals")
  @Operation(
      summary = "List what an import refused",
      description = "Key, field and reason, in the order of the run; also while it goes on. Admin.")
  @APIResponse(
      responseCode = "200",
      description = "The lines after the place; empty when there are none, or no such run")
  @APIResponse(responseCode = "400", description = "after or limit is out of range")
  public Uni<RefusalItems> listRefusals(
      @RestPath("run_id") String runId,
      @Parameter(description = "position of the last line that was seen", example = "0") @RestQuery
          @Nullable Long after,
      @Parameter(description = "How many, 1 to 200", example = "200") @RestQuery
          @Nullable Integer limit) {
    if (after != null && after < 0) {
      throw Problem.invalid("after", "must be 0 or more");
    }
    return imports
        .refusals(runId, after == null ? 0 : after, PageRequest.of(limit, null).limit())
        .map(RefusalItems::new);
  }
}
