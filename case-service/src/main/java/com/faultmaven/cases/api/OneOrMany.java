package com.faultmaven.cases.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.faultmaven.common.web.FieldError;
import com.faultmaven.common.web.Problem;
import com.faultmaven.common.web.ProblemAnswers;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A body that is one object or a JSON array of them.
 *
 * @param single whether it was one object, which is then answered as one object
 * @param items what was sent, at least one
 */
@JsonDeserialize(using = OneOrMany.Reader.class)
public record OneOrMany<T>(boolean single, List<T> items) {
  public OneOrMany {
    items = List.copyOf(items);
  }

  /**
   * Gives the items when each is valid.
   *
   * @param max how many there may be
   * @throws Problem 400 when there are none, more than that, or one is not valid; fields of an
   *     array's items are named {@code 0.content}
   */
  List<T> valid(Validator validator, int max) {
    if (items.isEmpty() || items.size() > max) {
      throw Problem.invalid("body", "must hold from 1 to " + max + " objects");
    }
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Set<ConstraintViolation<T>> violations = validator.validate(items.get(i));
      if (single && !violations.isEmpty()) {
        throw new ConstraintViolationException(violations);
      }
      String place = i + ".";
      violations.stream()
          .map(
              violation ->
                  new FieldError(
                      place + ProblemAnswers.fieldOf(violation.getPropertyPath()),
                      violation.getMessage()))
          .sorted(Comparator.comparing(FieldError::field))
          .forEach(errors::add);
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return items;
  }

  /** Reads either form. */
  static final class Reader extends JsonDeserializer<OneOrMany<?>>
      implements ContextualDeserializer {
    private final @Nullable JavaType itemType;

    /** For Jackson, which asks for the item's type later. */
    Reader() {
      this(null);
    }

    private Reader(@Nullable JavaType itemType) {
      this.itemType = itemType;
    }

    @Override
    public JsonDeserializer<?> createContextual(
        DeserializationContext context, @Nullable BeanProperty property) {
      return new Reader(context.getContextualType().containedType(0));
    }

    @Override
    public OneOrMany<?> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (itemType == null) {
        return context.reportInputMismatch(OneOrMany.class, "no item type");
      }
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        Object item = context.readValue(parser, itemType);
        return new OneOrMany<>(true, List.of(item));
      }
      JavaType list = context.getTypeFactory().constructCollectionType(List.class, itemType);
      List<@Nullable Object> items = context.readValue(parser, list);
      if (items.contains(null)) {
        return context.reportInputMismatch(itemType, "null in the list");
      }
      return new OneOrMany<>(false, items.stream().map(Objects::requireNonNull).toList());
    }
  }
}
