package com.faultmaven.common.web;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A refusal that is answered as an RFC 9457 problem detail (decisions, section 7).
 *
 * <p>The detail is written for the caller: it says what is wrong and how to mend it, and never
 * holds a secret, SQL or a class name.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient List<FieldError> errors;
  private final transient Map<String, String> headers;
  private final transient Map<String, Object> members;

  private Problem(
      int status,
      String code,
      String detail,
      List<FieldError> errors,
      Map<String, String> headers,
      Map<String, Object> members) {
    // No stack trace: a refusal is an answer, not a failure of this program.
    super(requireNonNull(detail, "detail"), null, false, false);
    this.status = status;
    this.code = requireNonNull(code, "code");
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
    this.members = Map.copyOf(members);
  }

  /**
   * A problem of any kind.
   *
   * @param status HTTP status, 400 to 599
   * @param code stable kebab-case name that programs may compare
   * @param detail what is wrong and how to mend it
   */
  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, List.of(), Map.of(), Map.of());
  }

  /** 404: there is no such thing, or the caller may not know that there is. */
  public static Problem notFound(String what) {
    return of(404, "not-found", "There is no such " + what + ", or it is not yours to see.");
  }

  /** 409 with the given code. */
  public static Problem conflict(String code, String detail) {
    return of(409, code, detail);
  }

  /** 403: the caller may see the thing and may not do this to it. */
  public static Problem forbidden(String detail) {
    return of(403, "forbidden", detail);
  }

  /** 400 {@code validation-failed} for one field. */
  public static Problem invalid(String field, String message) {
    return invalid(List.of(new FieldError(field, message)));
  }

  /** 400 {@code validation-failed} for several fields; at least one. */
  public static Problem invalid(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "";
    return of(400, "validation-failed", first.field() + ": " + first.message() + more)
        .withErrors(errors);
  }

  /**
   * 503: a bounded queue is full or a neighbour is away; the caller may try again after a while.
   */
  public static Problem unavailable(String code, String detail, Duration retryAfter) {
    return of(503, code, detail).retryAfter(retryAfter);
  }

  /** The same problem with these field errors. */
  public Problem withErrors(List<FieldError> fieldErrors) {
    return new Problem(status, code, detail(), fieldErrors, headers, members);
  }

  /** The same problem with one more response header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Problem(status, code, detail(), errors, more, members);
  }

  /** The same problem with one more member in its body, for facts that a program may act on. */
  public Problem with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(status, code, detail(), errors, headers, more);
  }

  /** The same problem with a {@code Retry-After} header in whole seconds, at least 1. */
  public Problem retryAfter(Duration wait) {
    return withHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Stable name of the problem. */
  public String code() {
    return code;
  }

  /** What is wrong and how to mend it. */
  public String detail() {
    return requireNonNull(getMessage());
  }

  /** Errors by field, empty when the problem is not about fields. */
  public List<FieldError> errors() {
    return errors;
  }

  /** Response headers that go with the problem. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Further members of the body. */
  public Map<String, Object> members() {
    return members;
  }
}
