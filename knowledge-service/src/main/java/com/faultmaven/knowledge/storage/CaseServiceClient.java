package com.faultmaven.knowledge.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** case-service's API, as far as it is used here. */
@RegisterRestClient(configKey = "case-service")
@Path("/api/v1/cases")
interface CaseServiceClient {
  @GET
  @Path("/{case_id}")
  Uni<JsonNode> get(
      @PathParam("case_id") String caseId, @HeaderParam("Authorization") String authorization);
}
