package com.faultmaven.cases.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.ConfidenceLevel;
import com.faultmaven.common.model.cases.document.DocumentColumn;
import com.faultmaven.common.model.cases.document.TurnOutcome;
import com.faultmaven.common.web.FieldError;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Validation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaseColumnsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  private final CaseColumns columns =
      new CaseColumns(Validation.buildDefaultValidatorFactory().getValidator());

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "working_conclusion; {'confidence': 1.01}; working_conclusion.confidence",
        "working_conclusion; {'confidence': -0.1}; working_conclusion.confidence",
        "working_conclusion; {'confidence': '0.5'}; working_conclusion.confidence",
        "working_conclusion; {'confidence': true}; working_conclusion.confidence",
        "working_conclusion; {'summary': 7}; working_conclusion.summary",
        "working_conclusion; {'confidence_level': 'sure'}; working_conclusion.confidence_level",
        "working_conclusion; {'confidence_level': 0}; working_conclusion.confidence_level",
        "working_conclusion; {'confidence_level': 'PROBABLE'}; working_conclusion.confidence_level",
        "working_conclusion; {'updated_at': 5}; working_conclusion.updated_at",
        "working_conclusion; {'updated_at': 'yesterday'}; working_conclusion.updated_at",
        "working_conclusion; {'next_steps': ['a', null]}; working_conclusion.next_steps.1",
        "working_conclusion; {'next_steps': 'a'}; working_conclusion.next_steps",
        "working_conclusion; []; working_conclusion",
        "investigation_progress; {'percent_complete': 101};"
            + " investigation_progress.percent_complete",
        "investigation_progress; {'percent_complete': 7.5};"
            + " investigation_progress.percent_complete",
        "investigation_progress; {'percent_complete': 99999999999};"
            + " investigation_progress.percent_complete",
        "investigation_progress; {'root_cause_identified': {'reached': 1}};"
            + " investigation_progress.root_cause_identified.reached",
        "investigation_progress; {'root_cause_identified': true};"
            + " investigation_progress.root_cause_identified",
        "problem_verification; {'scope': {'share_affected': 2}};"
            + " problem_verification.scope.share_affected",
        "problem_verification; {'timeline': [{}, {'at': 'nine'}]};"
            + " problem_verification.timeline.1.at",
        "root_cause_conclusion; {'category': 'magic'}; root_cause_conclusion.category",
        "degraded_mode; {'attempts': -1}; degraded_mode.attempts",
        "escalation_state; {'level': 0}; escalation_state.level",
        "escalation_state; {'responders': [{'notified_at': 1}]};"
            + " escalation_state.responders.0.notified_at",
        "documentation_data; {'action_items': [null]}; documentation_data.action_items.0",
        "path_selection; {'path': 'left'}; path_selection.path",
        "turn_progress; {'turns': {'0': {}}}; turn_progress.turns.0",
        "turn_progress; {'turns': {'7': {'outcome': 'luck'}}}; turn_progress.turns.7.outcome",
        "turn_progress; {'turns': []}; turn_progress.turns"
      })
  void namesThePathOfWhatDoesNotFit(String column, String json, String path)
      throws JsonProcessingException {
    Case holder = holding(column, JSON.readTree(json.replace('\'', '"')));

    assertThatThrownBy(() -> columns.checked(Set.of(column), holder))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.errors()).extracting(FieldError::field).containsExactly(path);
            });
  }

  @Test
  void namesEveryValueOutOfRange() throws JsonProcessingException {
    JsonNode json =
        JSON.createObjectNode()
            .put("confidence", 2)
            .put("hypothesis_id", "")
            .put("summary", "x".repeat(10_001));

    assertThatThrownBy(() -> columns.checked(holding("working_conclusion", json)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(FieldError::field)
                    .containsExactly(
                        "working_conclusion.confidence",
                        "working_conclusion.hypothesis_id",
                        "working_conclusion.summary"));
  }

  @Test
  void looksAtWhatWasChangedAlone() throws JsonProcessingException {
    Case holder = holding("working_conclusion", JSON.readTree("[\"from before\"]"));

    assertThat(columns.checked(Set.of("title", "path_selection"), holder)).isSameAs(holder);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void takesAnyUnknownField(DocumentColumn<?> column) throws JsonProcessingException {
    JsonNode json =
        JSON.readTree("{\"x\": [1, null, {\"y\": 1.10}], \"Confidence\": \"high\", \"\": {}}");
    Case holder = holding(column.name(), json);

    assertThat(columns.checked(holder)).isSameAs(holder);
    assertThat(column.stored().apply(holder)).isEqualTo(json);
  }

  static List<DocumentColumn<?>> columns() {
    return DocumentColumn.ALL;
  }

  @Property(tries = 300)
  void neverFailsOtherwiseThanByNamingFields(@ForAll("anything") JsonNode json) {
    for (DocumentColumn<?> column : DocumentColumn.ALL) {
      Case holder = holding(column.name(), json);
      try {
        assertThat(columns.checked(holder)).isSameAs(holder);
      } catch (Problem refused) {
        assertThat(refused.errors())
            .isNotEmpty()
            .allMatch(error -> error.field().startsWith(column.name()));
      }
    }
  }

  /** Objects that have fields of the records, with values that may be theirs. */
  @Provide
  Arbitrary<JsonNode> anything() {
    List<String> names =
        Stream.concat(fields().stream(), Stream.of("unknown", "1", "x y")).sorted().toList();
    return values(names, 3)
        .map(value -> value.isObject() ? value : JSON.createObjectNode().set("summary", value));
  }

  private static Arbitrary<JsonNode> values(List<String> names, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    Arbitrary<JsonNode> leaf =
        Arbitraries.<JsonNode>of(
            nodes.numberNode(0.5),
            nodes.numberNode(7),
            nodes.numberNode(Long.MAX_VALUE),
            nodes.textNode("high"),
            nodes.textNode("2026-01-31T12:00:00Z"),
            nodes.textNode(""),
            nodes.booleanNode(true),
            nodes.nullNode());
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<JsonNode> inner = values(names, depth - 1);
    Arbitrary<JsonNode> list =
        inner.list().ofMaxSize(2).map(elements -> nodes.arrayNode().addAll(elements));
    Arbitrary<JsonNode> object =
        Arbitraries.maps(Arbitraries.of(names), inner)
            .ofMaxSize(4)
            .map(members -> nodes.objectNode().setAll(members));
    return Arbitraries.oneOf(leaf, list, object, object);
  }

  @Test
  void readsKnownFieldsOfARecord() throws JsonProcessingException {
    assertThat(
            DocumentColumn.WORKING_CONCLUSION.read(
                JSON.readTree("{\"confidence\": 1, \"confidence_level\": \"verified\"}")))
        .satisfies(
            read -> {
              assertThat(read.confidence()).isEqualTo(1.0);
              assertThat(read.confidenceLevel()).isEqualTo(ConfidenceLevel.VERIFIED);
              assertThat(read.summary()).isNull();
            });
    assertThat(
            DocumentColumn.TURN_PROGRESS
                .read(JSON.readTree("{\"turns\": {\"3\": {\"outcome\": \"answer_needed\"}}}"))
                .turns())
        .hasEntrySatisfying(
            "3", turn -> assertThat(turn.outcome()).isEqualTo(TurnOutcome.ANSWER_NEEDED));
  }

  @Test
  void recordsAreThereInANativeProgramAndHaveAHomeInTheCase() {
    Set<Class<?>> known = new LinkedHashSet<>();
    DocumentColumn.ALL.forEach(column -> collect(column.type(), known));

    assertThat(known)
        .hasSizeGreaterThan(20)
        .allMatch(type -> type.isAnnotationPresent(RegisterForReflection.class));
    assertThat(DocumentColumn.NAMES)
        .hasSize(10)
        .allSatisfy(name -> assertThat(holding(name, JSON.createObjectNode())).isNotNull());
  }

  private static Set<String> fields() {
    Set<Class<?>> known = new LinkedHashSet<>();
    DocumentColumn.ALL.forEach(column -> collect(column.type(), known));
    Set<String> names = new LinkedHashSet<>();
    known.stream()
        .filter(Class::isRecord)
        .flatMap(type -> Arrays.stream(type.getRecordComponents()))
        .map(RecordComponent::getName)
        .map(name -> name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT))
        .forEach(names::add);
    return names;
  }

  /** The records and enums of the package that a type is made of. */
  private static void collect(Type type, Set<Class<?>> known) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(each -> collect(each, known));
    } else if (type instanceof Class<?> plain
        && plain.getPackage() == DocumentColumn.class.getPackage()
        && known.add(plain)
        && plain.isRecord()) {
      Arrays.stream(plain.getRecordComponents())
          .forEach(component -> collect(component.getGenericType(), known));
    }
  }

  /** A case whose column of this name holds the JSON. */
  private static Case holding(String column, JsonNode json) {
    ObjectNode patch = JSON.createObjectNode();
    patch.set(column, json);
    try {
      PatchCase values =
          JSON.copy()
              .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
              .treeToValue(patch, PatchCase.class);
      return PatchCase.apply(
          new MergePatch<>(values, Set.of(column)), Case.open("c", "u", "t", NOW).build(), NOW);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
