package com.faultmaven.artifact.api;

import com.faultmaven.artifact.domain.CaseFiles;
import com.faultmaven.artifact.domain.Requester;
import com.faultmaven.common.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses requests for files that the caller may not see. */
@ApplicationScoped
public class VisibleFileFilter {
  private final CaseFiles files;
  private final Caller caller;

  /** Wires the filter. */
  @Inject
  public VisibleFileFilter(CaseFiles files, Caller caller) {
    this.files = files;
    this.caller = caller;
  }

  /** Fails with 404 when there is no such file for the caller. */
  @VisibleFile
  @ServerRequestFilter
  public Uni<Void> check(ContainerRequestContext request) {
    String fileId = request.getUriInfo().getPathParameters().getFirst("file_id");
    return files.details(String.valueOf(fileId), Requester.of(caller)).replaceWithVoid();
  }
}
