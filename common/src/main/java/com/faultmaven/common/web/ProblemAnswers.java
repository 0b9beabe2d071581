package com.faultmaven.common.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.faultmaven.common.db.DatabaseFailures;
import io.opentelemetry.api.trace.Span;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.CharConversionException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns every failure of a request into a problem detail (RFC 9457; decisions, section 7). */
public final class ProblemAnswers {
  /** Media type of every error answer. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

  /** A rule has refused the request. */
  @ServerExceptionMapper
  public Response refused(Problem problem, RoutingContext request) {
    return answer(problem, request);
  }

  /** Bean Validation has found something. */
  @ServerExceptionMapper
  public Response invalid(ConstraintViolationException failure, RoutingContext request) {
    List<FieldError> errors = new ArrayList<>();
    for (ConstraintViolation<?> violation : failure.getConstraintViolations()) {
      if (isOwnAnswer(violation.getPropertyPath())) {
        return failed(failure, request);
      }
      errors.add(new FieldError(fieldOf(violation.getPropertyPath()), violation.getMessage()));
    }
    errors.sort((a, b) -> a.field().compareTo(b.field()));
    return answer(Problem.invalid(errors), request);
  }

  /** The body has a field that the request does not know. */
  @ServerExceptionMapper
  public Response unknownField(UnrecognizedPropertyException failure, RoutingContext request) {
    String known =
        failure.getKnownPropertyIds() == null
            ? ""
            : failure.getKnownPropertyIds().stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
    return answer(
        Problem.invalid(fieldOf(failure), "unknown field; known here: " + known), request);
  }

  /** The body has a value of the wrong type, or lacks one. */
  @ServerExceptionMapper
  public Response mismatch(MismatchedInputException failure, RoutingContext request) {
    if (failure.getPath().isEmpty() && failure.getTargetType() == null) {
      return answer(malformed(), request);
    }
    return answer(problem(failure), request);
  }

  /**
   * What is wrong with a value that its place in the body does not take: 400 {@code
   * validation-failed} that names the value's path, {@code body} for the whole.
   */
  public static Problem problem(JsonMappingException failure) {
    String field = fieldOf(failure);
    Class<?> type =
        failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    return Problem.invalid(
        field.isEmpty() ? "body" : field,
        "missing or of the wrong type or outside the accepted values; expected "
            + (type == null ? "value" : describe(type)));
  }

  /** The body is no JSON, or a record refuses a value. */
  @ServerExceptionMapper
  public Response malformedJson(JsonProcessingException failure, RoutingContext request) {
    return answer(rootProblem(failure), request);
  }

  /** The body is not UTF-8. */
  @ServerExceptionMapper
  public Response malformedText(CharConversionException failure, RoutingContext request) {
    return answer(malformed(), request);
  }

  /** There is no valid token, or it cannot be checked now. */
  @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
  public Response anonymous(SecurityException failure, RoutingContext request) {
    if (request.request().getHeader("Authorization") != null && isAboutKeys(failure)) {
      LOG.warnf("The keys of access tokens cannot be fetched: %s", failure.getCause());
      return answer(
          Problem.unavailable(
              "token-keys-unavailable",
              "The access token cannot be checked, because the keys for it cannot be fetched at the"
                  + " moment. It may well be valid; try again.",
              Duration.ofSeconds(2)),
          request);
    }
    return answer(
        Problem.of(
                401,
                "unauthorized",
                "A valid access token is needed: log in at /api/v1/auth/login and send it as"
                    + " 'Authorization: Bearer …'.")
            .withHeader("WWW-Authenticate", "Bearer"),
        request);
  }

  /** A token that could not be checked is not a bad token: its owner must not log in again. */
  private static boolean isAboutKeys(Throwable failure) {
    for (Throwable suppressed : failure.getSuppressed()) {
      if (isAboutKeys(suppressed)) {
        return true;
      }
    }
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || (failure.getCause() != null && isAboutKeys(failure.getCause()));
  }

  /** The roles do not allow it. */
  @ServerExceptionMapper
  public Response forbidden(ForbiddenException failure, RoutingContext request) {
    return answer(Problem.forbidden("Your roles do not allow this."), request);
  }

  /** Everything else. */
  @ServerExceptionMapper
  public Response web(WebApplicationException failure, RoutingContext request) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JsonProcessingException json) {
        return answer(rootProblem(json), request);
      }
      if (cause instanceof CharConversionException) {
        return answer(malformed(), request);
      }
      if (cause instanceof Problem problem) {
        return answer(problem, request);
      }
    }
    int status = failure.getResponse().getStatus();
    if (status >= 500) {
      return failed(failure, request);
    }
    Problem problem =
        switch (status) {
          case 404 -> Problem.of(404, "not-found", "There is nothing at this path.");
          case 405 -> Problem.of(405, "method-not-allowed", "This path does not take this method.");
          case 406 -> Problem.of(406, "not-acceptable", "Ask for application/json.");
          case 413 -> Problem.of(413, "body-too-large", "The request's body is too large.");
          case 415 ->
              Problem.of(
                  415, "unsupported-media-type", "Send the Content-Type that this path takes.");
          default -> Problem.of(status, "bad-request", "The request cannot be read.");
        };
    Object allowed = failure.getResponse().getHeaders().getFirst("Allow");
    return answer(
        allowed == null ? problem : problem.withHeader("Allow", allowed.toString()), request);
  }

  /** Everything else. */
  @ServerExceptionMapper
  public Response any(Throwable failure, RoutingContext request) {
    if (DatabaseFailures.isUnstorableText(failure)) {
      return answer(
          Problem.of(400, "unstorable-text", "Text must not contain the NUL character."), request);
    }
    if (DatabaseFailures.isTransient(failure)) {
      LOG.warnf("Store not reachable: %s", failure.toString());
      return answer(
          Problem.unavailable(
              "store-unavailable",
              "The store behind this service does not answer. Try again with the same Idempotency-Key,"
                  + " which makes it safe even where the change was made and only the answer lost.",
              Duration.ofSeconds(2)),
          request);
    }
    return failed(failure, request);
  }

  private static Response failed(Throwable failure, RoutingContext request) {
    LOG.errorf(failure, "%s %s failed", request.request().method(), request.normalizedPath());
    return answer(
        Problem.of(
            500, "internal-error", "The service failed; the trace id finds the cause in its log."),
        request);
  }

  /** The answer that stands for a problem. */
  public static Response answer(Problem problem, RoutingContext request) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).type(MEDIA_TYPE).entity(detail(problem, request));
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      answer.header(header.getKey(), header.getValue());
    }
    return answer.build();
  }

  /** The body of the answer to a request that met a problem. */
  static ProblemDetail detail(Problem problem, RoutingContext request) {
    Response.Status known = Response.Status.fromStatusCode(problem.status());
    return new ProblemDetail(
        "urn:faultmaven:problem:" + problem.code(),
        known == null ? "Error " + problem.status() : known.getReasonPhrase(),
        problem.status(),
        problem.detail(),
        request.normalizedPath(),
        problem.code(),
        problem.errors(),
        traceId(),
        problem.members());
  }

  private static @Nullable String traceId() {
    var context = Span.current().getSpanContext();
    return context.isValid() ? context.getTraceId() : null;
  }

  private static Problem rootProblem(JsonProcessingException failure) {
    // A record's own constructor refused the value: its message is written for the caller.
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return problem;
      }
      if (cause instanceof IllegalArgumentException && failure instanceof JsonMappingException at) {
        String message = cause.getMessage() == null ? "not accepted" : cause.getMessage();
        return Problem.invalid(fieldOf(at).isEmpty() ? "body" : fieldOf(at), message);
      }
    }
    return malformed();
  }

  private static Problem malformed() {
    return Problem.of(400, "malformed-json", "The body is not well-formed JSON in UTF-8.");
  }

  private static String describe(Class<?> type) {
    if (type.isEnum()) {
      return java.util.Arrays.stream(type.getEnumConstants())
          .map(value -> value.toString().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    if (type == String.class) {
      return "text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == java.time.Instant.class) {
      return "an RFC 3339 time like 2026-01-31T12:00:00Z";
    }
    if (java.util.Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a number";
    }
    return "an object";
  }

  private static String fieldOf(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(at -> at.getFieldName() == null ? Integer.toString(at.getIndex()) : at.getFieldName())
        .collect(Collectors.joining("."));
  }

  /**
   * The field that a path of Bean Validation means, in snake_case, list places and keys as names:
   * {@code evidence.0.source_type}. Drops the method and parameter from {@code
   * create.request.title}: callers know the body.
   */
  public static String fieldOf(Path path) {
    List<String> names = new ArrayList<>();
    String parameter = "";
    for (Path.Node node : path) {
      if (node.getKind() == ElementKind.METHOD) {
        continue;
      }
      if (node.getKind() == ElementKind.PARAMETER) {
        parameter = snake(String.valueOf(node.getName()));
        continue;
      }
      if (node.getIndex() != null) {
        names.add(Integer.toString(node.getIndex()));
      } else if (node.getKey() != null) {
        names.add(node.getKey().toString());
      }
      if (node.getName() != null && !node.getName().startsWith("<")) {
        names.add(snake(node.getName()));
      }
    }
    return names.isEmpty() ? parameter : String.join(".", names);
  }

  private static boolean isOwnAnswer(Path path) {
    for (Path.Node node : path) {
      if (node.getKind() == ElementKind.RETURN_VALUE) {
        return true;
      }
    }
    return false;
  }

  private static String snake(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
