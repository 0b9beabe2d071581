package com.faultmaven.cases.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.web.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads merge patches, which a record alone cannot hold: it does not tell absent from null. */
@Singleton
public final class MergePatches {
  /** Media type of a merge patch; plain JSON is taken too. */
  public static final String MEDIA_TYPE = "application/merge-patch+json";

  private final ObjectMapper mapper;
  private final Validator validator;

  /** Wires the bean. */
  @Inject
  public MergePatches(ObjectMapper mapper, Validator validator) {
    this.mapper = mapper;
    this.validator = validator;
  }

  /**
   * Reads a patch.
   *
   * @param type the record that names and constrains the members
   * @throws JsonProcessingException when a member is unknown or of the wrong type
   * @throws ConstraintViolationException when a value is not accepted
   * @throws Problem 400 when the body is no object
   */
  public <T> MergePatch<T> read(@Nullable JsonNode body, Class<T> type)
      throws JsonProcessingException {
    if (!(body instanceof ObjectNode members)) {
      throw Problem.invalid("body", "must be a JSON object");
    }
    T values = mapper.treeToValue(members, type);
    Set<ConstraintViolation<T>> violations = validator.validate(values);
    if (!violations.isEmpty()) {
      throw new ConstraintViolationException(violations);
    }
    Set<String> present = new LinkedHashSet<>();
    members.fieldNames().forEachRemaining(present::add);
    return new MergePatch<>(values, present);
  }
}
