package com.faultmaven.cases.api;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object or array of at most {@link Bounds#JSON} characters that can be stored. Null and the
 * JSON null pass.
 */
@Target({FIELD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = JsonColumn.Check.class)
@interface JsonColumn {
  /** What a value must be. */
  String MESSAGE =
      "must be a JSON object or array of at most 262144 characters, without the NUL character and"
          + " without numbers of more than 1000 digits";

  /** What is told to the caller. */
  String message() default JsonColumn.MESSAGE;

  /** Groups of Bean Validation; unused. */
  Class<?>[] groups() default {};

  /** Payload of Bean Validation; unused. */
  Class<? extends Payload>[] payload() default {};

  /** Checks the value. */
  final class Check implements ConstraintValidator<JsonColumn, JsonNode> {
    private static final int DIGITS = 1_000;

    @Override
    public boolean isValid(@Nullable JsonNode value, ConstraintValidatorContext context) {
      return value == null || value.isNull() || accepts(value);
    }

    /** Whether the value is one that a column takes. */
    static boolean accepts(JsonNode value) {
      return value.isContainerNode() && isStorable(value) && isShort(value);
    }

    /** 1e999999 is short in JSON, but PostgreSQL writes its numbers out. */
    private static boolean isStorable(BigDecimal number) {
      return number.scale() <= DIGITS && (long) number.precision() - number.scale() <= DIGITS;
    }

    private static boolean isShort(JsonNode value) {
      return value.toString().length() <= Bounds.JSON;
    }

    private static boolean isStorable(JsonNode value) {
      if (value.isTextual()) {
        return Text.Check.isStorable(value.textValue());
      }
      if (value.isBigDecimal()) {
        return isStorable(value.decimalValue());
      }
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        if (!Text.Check.isStorable(field.getKey()) || !isStorable(field.getValue())) {
          return false;
        }
      }
      if (value.isArray()) {
        for (JsonNode element : value) {
          if (!isStorable(element)) {
            return false;
          }
        }
      }
      return true;
    }
  }
}
