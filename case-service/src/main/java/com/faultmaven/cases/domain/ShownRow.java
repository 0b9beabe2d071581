package com.faultmaven.cases.domain;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.faultmaven.common.web.Cursor;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.function.Supplier;

/**
 * A row around a case as the API shows it: JSON text that goes into an answer as it is. Lists that
 * are read at each turn of a conversation need no models of their rows (decision 0016).
 */
@RegisterForReflection
public final class ShownRow {
  private final String json;
  private final Supplier<Cursor> place;

  /**
   * A row.
   *
   * @param json an object with the fields of the model in snake_case, instants as on the wire
   * @param place where the row stands in a list by time; asked of the last row of a page alone
   */
  public ShownRow(String json, Supplier<Cursor> place) {
    this.json = json;
    this.place = place;
  }

  /** The row, for the answer. */
  @JsonValue
  @JsonRawValue
  public String json() {
    return json;
  }

  /** Where the row stands in its list, to the microsecond, which is more than the row shows. */
  public Cursor place() {
    return place.get();
  }
}
