package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.document.DocumentColumn;
import com.faultmaven.common.web.FieldError;
import com.faultmaven.common.web.Problem;
import com.faultmaven.common.web.ProblemAnswers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks JSON that is to be stored in a column of a case: its known fields must be as the column's
 * record says, its others may be anything. What is stored is the JSON itself.
 */
@Singleton
public final class CaseColumns {
  private final Validator validator;

  /** Wires the bean. */
  @Inject
  public CaseColumns(Validator validator) {
    this.validator = validator;
  }

  /**
   * Gives back a changed case when its changed columns hold what they may. The others are not
   * looked at: what they hold may be from before there was a rule.
   *
   * @param changed snake_case names of the fields that were changed, columns or others
   * @throws Problem 400 that names the paths, like {@code working_conclusion.confidence}
   */
  Case checked(Set<String> changed, Case next) {
    List<FieldError> errors = new ArrayList<>();
    for (DocumentColumn<?> column : DocumentColumn.ALL) {
      if (changed.contains(column.name())) {
        errors.addAll(errors(column, column.stored().apply(next)));
      }
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return next;
  }

  /**
   * Checks all columns of a new case.
   *
   * @throws Problem 400 as {@link #checked}
   */
  Case checked(Case opened) {
    return checked(DocumentColumn.NAMES, opened);
  }

  private <D> List<FieldError> errors(DocumentColumn<D> column, @Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      return List.of();
    }
    if (!JsonColumn.Check.accepts(json)) {
      return List.of(new FieldError(column.name(), JsonColumn.MESSAGE));
    }
    try {
      return errors(column, column.read(json));
    } catch (JsonMappingException refused) {
      refused.prependPath(json, column.name());
      return ProblemAnswers.problem(refused).errors();
    }
  }

  private <D> List<FieldError> errors(DocumentColumn<D> column, D document) {
    return validator.validate(document).stream()
        .map(violation -> error(column, violation))
        .sorted(Comparator.comparing(FieldError::field))
        .toList();
  }

  private static FieldError error(DocumentColumn<?> column, ConstraintViolation<?> violation) {
    return new FieldError(
        column.name() + "." + ProblemAnswers.fieldOf(violation.getPropertyPath()),
        violation.getMessage());
  }
}
