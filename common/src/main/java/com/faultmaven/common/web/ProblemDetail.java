package com.faultmaven.common.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Body of every error answer, media type {@code application/problem+json} (RFC 9457).
 *
 * @param type {@code urn:faultmaven:problem:} and the code
 * @param title the status in words
 * @param status HTTP status
 * @param detail what is wrong and how to mend it
 * @param instance path of the request
 * @param code stable kebab-case name
 * @param errors errors by field, left out when there are none
 * @param traceId id under which the service logged the request
 * @param members further facts, one member each
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "code", "errors", "trace_id"})
@Schema(name = "Problem", description = "RFC 9457 problem detail")
public record ProblemDetail(
    String type,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    String code,
    List<FieldError> errors,
    @Nullable String traceId,
    @JsonAnyGetter Map<String, Object> members) {}
