package com.faultmaven.common.job;

import com.faultmaven.common.security.Caller;
import com.faultmaven.common.security.Roles;
import com.faultmaven.common.web.PageRequest;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
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

/**
 * The jobs of the service (decisions, section 8), for admins. A service with jobs has the table
 * ({@code db/common/jobs.sql}) and shows this resource by {@code faultmaven.api.jobs=true} in its
 * application.properties, which counts when it is built.
 */
@IfBuildProperty(name = "faultmaven.api.jobs", stringValue = "true")
@Cancellable(false)
@Path("/api/v1/admin/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Jobs", description = "What the service does by the clock, and by hand")
@APIResponse(responseCode = "401", description = "No valid access token")
@APIResponse(responseCode = "403", description = "Not an admin")
public class AdminJobsResource {
  private static final String PATH = "/api/v1/admin/jobs/%s/runs/%s";

  private final Jobs jobs;
  private final Caller caller;

  /** Wires the bean. */
  @Inject
  public AdminJobsResource(Jobs jobs, Caller caller) {
    this.jobs = jobs;
    this.caller = caller;
  }

  /** All jobs. */
  @GET
  @Operation(
      summary = "List jobs",
      description = "With their schedules, last runs and next ones. Admin.")
  @APIResponse(responseCode = "200", description = "The jobs, by name")
  public Uni<JobList> listJobs() {
    return jobs.list().map(JobList::new);
  }

  /** Runs a job now. */
  @POST
  @Path("/{name}")
  @Operation(
      summary = "Run a job now",
      description = "Waits some seconds for its end; the run goes on after that. Admin.")
  @APIResponse(responseCode = "200", description = "The run, which has ended")
  @APIResponse(responseCode = "202", description = "The run, which goes on; Location leads to it")
  @APIResponse(responseCode = "404", description = "No such job")
  @APIResponse(responseCode = "409", description = "job-running, or job-disabled by the settings")
  @APIResponse(responseCode = "503", description = "jobs-busy: too many jobs run")
  public Uni<RestResponse<JobRun>> runJob(@RestPath String name) {
    return jobs.run(name, caller.userId()).map(AdminJobsResource::answer);
  }

  private static RestResponse<JobRun> answer(JobRun run) {
    RestResponse.Status status =
        run.endedAt() == null ? RestResponse.Status.ACCEPTED : RestResponse.Status.OK;
    return RestResponse.ResponseBuilder.create(status, run)
        .location(URI.create(PATH.formatted(run.job(), run.runId())))
        .build();
  }

  /** The newest runs of a job. */
  @GET
  @Path("/{name}/runs")
  @Operation(summary = "List runs of a job", description = "Newest first. Admin.")
  @APIResponse(responseCode = "200", description = "The newest runs; older ones are forgotten")
  @APIResponse(responseCode = "400", description = "limit is out of range")
  @APIResponse(responseCode = "404", description = "No such job")
  public Uni<JobRunList> listJobRuns(
      @RestPath String name,
      @Parameter(description = "How many, 1 to 200", example = "50") @RestQuery
          @Nullable Integer limit) {
    int size = PageRequest.of(limit, null).limit();
    return jobs.runs(name, size).map(JobRunList::new);
  }

  /** One run of a job. */
  @GET
  @Path("/{name}/runs/{run_id}")
  @Operation(summary = "Get a run of a job", description = "Counts show how far it is. Admin.")
  @APIResponse(responseCode = "200", description = "The run")
  @APIResponse(responseCode = "404", description = "No such job or run")
  public Uni<JobRun> getJobRun(@RestPath String name, @RestPath("run_id") String runId) {
    return jobs.find(name, runId);
  }
}
