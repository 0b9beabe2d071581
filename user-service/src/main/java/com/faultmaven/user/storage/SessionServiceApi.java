package com.faultmaven.user.storage;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What this service calls at session-service. */
@RegisterRestClient(configKey = "session-service")
@Path("/api/v1/sessions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface SessionServiceApi {
  /** Opens or resumes the session of a client of the token's user. */
  @POST
  Uni<OpenedSession> open(
      @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, SessionRequest request);
}
