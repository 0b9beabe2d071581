package com.faultmaven.common.web;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** The API's document shows enums as they go over the wire (decisions, section 2). */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class WireNamesInDocument implements OASFilter {
  @Override
  public Schema filterSchema(Schema schema) {
    @Nullable List<Object> names = schema.getEnumeration();
    if (names != null) {
      schema.setEnumeration(names.stream().map(WireNamesInDocument::onTheWire).toList());
    }
    return schema;
  }

  private static Object onTheWire(Object name) {
    return name instanceof String text ? text.toLowerCase(Locale.ROOT) : name;
  }
}
