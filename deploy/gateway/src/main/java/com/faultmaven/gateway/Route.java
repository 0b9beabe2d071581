package com.faultmaven.gateway;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which service answers below which path. Paths that match no route do not leave the gateway, which
 * keeps the services' internal paths and their {@code /q} inside.
 *
 * @param pattern path prefix of whole segments; {@code {id}} stands for any one segment
 * @param upstream the service that answers
 */
record Route(String pattern, Upstream upstream) {
  /** The most specific first: the first match counts. */
  private static final List<Route> TABLE =
      List.of(
          new Route("/.well-known", Upstream.USER),
          new Route("/api/v1/auth", Upstream.USER),
          new Route("/api/v1/users/{id}/kb", Upstream.KNOWLEDGE),
          new Route("/api/v1/users", Upstream.USER),
          new Route("/api/v1/audit", Upstream.USER),
          new Route("/api/v1/admin/jobs", Upstream.USER),
          new Route("/api/v1/exports", Upstream.USER),
          new Route("/api/v1/erasures", Upstream.USER),
          new Route("/api/v1/cases/{id}/files", Upstream.ARTIFACT),
          new Route("/api/v1/cases/{id}/knowledge", Upstream.KNOWLEDGE),
          new Route("/api/v1/cases", Upstream.CASE),
          new Route("/api/v1/tags", Upstream.CASE),
          new Route("/api/v1/files", Upstream.ARTIFACT),
          new Route("/api/v1/kb", Upstream.KNOWLEDGE),
          new Route("/api/v1/sessions", Upstream.SESSION));

  /** The route of a path, or of a path template of an API document. */
  static Optional<Route> of(String path) {
    return of(Arrays.asList(path.substring(1).split("/", -1)));
  }

  /** The route of a path given as its segments. */
  static Optional<Route> of(List<String> segments) {
    return TABLE.stream().filter(route -> route.covers(segments)).findFirst();
  }

  private boolean covers(List<String> segments) {
    String[] wanted = pattern.substring(1).split("/", -1);
    if (segments.size() < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals("{id}") && !wanted[i].equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }
}
