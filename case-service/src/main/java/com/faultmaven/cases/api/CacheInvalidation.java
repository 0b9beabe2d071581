package com.faultmaven.cases.api;

import com.faultmaven.cases.domain.CaseCache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Makes copies of a case void after every request that may have changed it, whatever came of it,
 * and before the answer goes out.
 */
@Singleton
public class CacheInvalidation {
  private static final String CASE_ID = "case_id";
  private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final CaseCache cache;

  /** Wires the filter. */
  @Inject
  public CacheInvalidation(CaseCache cache) {
    this.cache = cache;
  }

  /** Runs after the request's work. */
  @ServerResponseFilter
  public Uni<Void> afterWrite(ContainerRequestContext request) {
    String caseId = request.getUriInfo().getPathParameters().getFirst(CASE_ID);
    return caseId == null || READS.contains(request.getMethod())
        ? Uni.createFrom().voidItem()
        : cache.invalidate(caseId);
  }
}
