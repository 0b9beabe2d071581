package com.faultmaven.common.web;

import static java.util.Objects.requireNonNull;

/**
 * One thing wrong with one field of a request.
 *
 * @param field path of the field, snake_case, dots between levels ({@code evidence.0.content})
 * @param message what is wrong and what is accepted, without the refused value
 */
public record FieldError(String field, String message) {
  public FieldError {
    requireNonNull(field, "field");
    requireNonNull(message, "message");
  }
}
