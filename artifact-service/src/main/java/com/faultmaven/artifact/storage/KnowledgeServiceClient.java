package com.faultmaven.artifact.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** knowledge-service's API, as far as it is used here. */
@RegisterRestClient(configKey = "knowledge-service")
@Path("/api/v1/cases/{case_id}/knowledge")
interface KnowledgeServiceClient {
  @POST
  @Path("/search")
  Uni<JsonNode> search(
      @PathParam("case_id") String caseId,
      @HeaderParam("Authorization") String authorization,
      JsonNode question);
}
