package com.faultmaven.cases.api;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE_USE;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/**
 * A text that says something and can be stored: not white space alone, no NUL character, no half of
 * a surrogate pair. Null passes.
 */
@Target({FIELD, PARAMETER, TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = Text.Check.class)
@interface Text {
  /** What is told to the caller. */
  String message() default "must not be blank and must be well-formed Unicode without NUL";

  /** Groups of Bean Validation; unused. */
  Class<?>[] groups() default {};

  /** Payload of Bean Validation; unused. */
  Class<? extends Payload>[] payload() default {};

  /** Checks the value. */
  final class Check implements ConstraintValidator<Text, CharSequence> {
    @Override
    public boolean isValid(@Nullable CharSequence value, ConstraintValidatorContext context) {
      return value == null || (!value.toString().isBlank() && isStorable(value));
    }

    /** Whether PostgreSQL keeps the text as it is. */
    static boolean isStorable(CharSequence value) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == 0 || Character.isLowSurrogate(c)) {
          return false;
        }
        if (Character.isHighSurrogate(c)) {
          i++;
          if (i == value.length() || !Character.isLowSurrogate(value.charAt(i))) {
            return false;
          }
        }
      }
      return true;
    }
  }
}
