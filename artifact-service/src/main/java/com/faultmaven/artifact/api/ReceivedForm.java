package com.faultmaven.artifact.api;

import com.faultmaven.artifact.domain.ReceivedFile;
import com.faultmaven.common.model.WireName;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.ProcessingMode;
import com.faultmaven.common.web.FieldError;
import com.faultmaven.common.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A multipart form as it was received.
 *
 * @param files its files, in their order
 * @param fields its other parts
 */
record ReceivedForm(List<ReceivedFile> files, Map<String, List<String>> fields) {
  static final String FILE = "file";
  private static final String DATA_TYPE = "data_type";
  private static final String PROCESSING_MODE = "processing_mode";

  /** Refuses a form without files, and fields that are unknown or given twice. */
  ReceivedForm checked() {
    List<FieldError> errors = new ArrayList<>();
    if (fields.containsKey(FILE)) {
      errors.add(new FieldError(FILE, "must be a file: the part has no filename"));
    } else if (files.isEmpty()) {
      errors.add(new FieldError(FILE, "at least one file is needed"));
    }
    fields.forEach(
        (name, values) -> {
          if (name.equals(DATA_TYPE) || name.equals(PROCESSING_MODE)) {
            if (values.size() > 1) {
              errors.add(new FieldError(name, "is given more than once"));
            }
          } else if (!name.equals(FILE)) {
            errors.add(
                new FieldError(
                    "form", "unknown part; known here: data_type, file, processing_mode"));
          }
        });
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return this;
  }

  @Nullable DataType dataType() {
    return value(DATA_TYPE, DataType.class);
  }

  @Nullable ProcessingMode processingMode() {
    return value(PROCESSING_MODE, ProcessingMode.class);
  }

  private <E extends Enum<E> & WireName> @Nullable E value(String field, Class<E> type) {
    List<String> values = fields.getOrDefault(field, List.of());
    // An empty field is what a form sends for a choice that nobody made.
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      return null;
    }
    return WireName.parse(type, values.getFirst())
        .orElseThrow(() -> Problem.invalid(field, "must be one of " + WireName.names(type)));
  }
}
