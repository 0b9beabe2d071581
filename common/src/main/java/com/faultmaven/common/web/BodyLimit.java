package com.faultmaven.common.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a request that announces a body above {@code quarkus.http.limits.max-body-size} with a
 * problem detail, 413 {@code body-too-large}: the server's own refusal has no body, and comes
 * before there is anything that could give it one. The body is not read.
 */
@ApplicationScoped
public class BodyLimit {
  /** Before the server's own refusal. */
  private static final int PRIORITY = 10;

  private final MemorySize limit;
  private final ObjectMapper json;

  /** Wires the bean. */
  @Inject
  public BodyLimit(
      @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
      ObjectMapper json) {
    this.limit = limit;
    this.json = json;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
  }

  private void check(RoutingContext request) {
    if (length(request.request().getHeader(HttpHeaders.CONTENT_LENGTH)) <= limit.asLongValue()) {
      request.next();
      return;
    }
    Problem problem =
        Problem.of(
            413,
            "body-too-large",
            "The request's body is larger than the "
                + limit.asLongValue()
                + " bytes that are taken; send it in parts.");
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, ProblemAnswers.MEDIA_TYPE);
    if (request.request().version() != HttpVersion.HTTP_2) {
      // What follows of the body is not to be taken for the next request.
      request.response().putHeader(HttpHeaders.CONNECTION, "close");
      request.addEndHandler(sent -> request.request().connection().close());
    }
    request.end(write(ProblemAnswers.detail(problem, request)));
  }

  private static long length(@Nullable String header) {
    // The server has refused what is no number.
    return header == null ? 0 : Long.parseLong(header);
  }

  private String write(ProblemDetail detail) {
    try {
      return json.writeValueAsString(detail);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem cannot be written as JSON", e);
    }
  }
}
