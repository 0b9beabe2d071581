package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.cases.domain.CaseParts;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.web.Problem;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Picks the fields of a case that a reader wants. */
@Singleton
public final class CaseFields {
  private static final Set<String> KNOWN = known();

  private final ObjectMapper mapper;

  /** Wires the bean. */
  @Inject
  public CaseFields(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** What a reader wants of a case. */
  interface Choice {
    /** The parts that must be loaded for it, of those that may be. */
    CaseParts within(CaseParts parts);

    /** The case's JSON text with the chosen fields alone. */
    Buffer of(Buffer json);
  }

  /**
   * Reads the {@code fields} parameter.
   *
   * @param names comma-separated; null for everything
   * @throws Problem 400 when a case has no such field
   */
  Choice choose(@Nullable String names) {
    if (names == null) {
      return new Everything();
    }
    Set<String> wanted = new LinkedHashSet<>();
    for (String name : names.split(",", -1)) {
      if (!KNOWN.contains(name.strip())) {
        throw Problem.invalid("fields", "must be some of " + String.join(", ", KNOWN));
      }
      wanted.add(name.strip());
    }
    return new Some(mapper, wanted);
  }

  private record Everything() implements Choice {
    @Override
    public CaseParts within(CaseParts parts) {
      return parts;
    }

    @Override
    public Buffer of(Buffer json) {
      return json;
    }
  }

  private record Some(ObjectMapper mapper, Set<String> wanted) implements Choice {
    @Override
    public CaseParts within(CaseParts parts) {
      return parts.within(wanted);
    }

    @Override
    public Buffer of(Buffer json) {
      try {
        ObjectNode whole = mapper.readValue(json.getBytes(), ObjectNode.class);
        return Buffer.buffer(mapper.writeValueAsBytes(whole.retain(wanted)));
      } catch (IOException e) {
        throw new IllegalStateException("the store gave a case that is not JSON", e);
      }
    }
  }

  private static Set<String> known() {
    SnakeCaseStrategy snakeCase = new SnakeCaseStrategy();
    Set<String> names = new TreeSet<>();
    Arrays.stream(Case.class.getRecordComponents())
        .map(RecordComponent::getName)
        .map(snakeCase::translate)
        .forEach(names::add);
    return names;
  }
}
