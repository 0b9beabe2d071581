package com.faultmaven.common.model.cases.document;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.cases.Case;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A JSONB column of a case with the record that says what it holds (specification 3.2). The case
 * keeps the JSON itself: fields that the record does not know are neither refused nor lost.
 *
 * @param <D> the record
 * @param name the column, which is the field's name in the API
 * @param type the record's class
 * @param stored the JSON that a case holds there; null when there is none
 */
public record DocumentColumn<D>(
    String name, Class<D> type, Function<Case, @Nullable JsonNode> stored) {
  /** Milestones. */
  public static final DocumentColumn<InvestigationProgress> INVESTIGATION_PROGRESS =
      new DocumentColumn<>(
          "investigation_progress", InvestigationProgress.class, Case::investigationProgress);

  /** Context from before the investigation. */
  public static final DocumentColumn<ConsultingData> CONSULTING_DATA =
      new DocumentColumn<>("consulting_data", ConsultingData.class, Case::consultingData);

  /** Symptoms and scope. */
  public static final DocumentColumn<ProblemVerification> PROBLEM_VERIFICATION =
      new DocumentColumn<>(
          "problem_verification", ProblemVerification.class, Case::problemVerification);

  /** What is thought at present. */
  public static final DocumentColumn<WorkingConclusion> WORKING_CONCLUSION =
      new DocumentColumn<>("working_conclusion", WorkingConclusion.class, Case::workingConclusion);

  /** The final diagnosis. */
  public static final DocumentColumn<RootCauseConclusion> ROOT_CAUSE_CONCLUSION =
      new DocumentColumn<>(
          "root_cause_conclusion", RootCauseConclusion.class, Case::rootCauseConclusion);

  /** What works only in part. */
  public static final DocumentColumn<DegradedMode> DEGRADED_MODE =
      new DocumentColumn<>("degraded_mode", DegradedMode.class, Case::degradedMode);

  /** To whom the case was handed. */
  public static final DocumentColumn<EscalationState> ESCALATION_STATE =
      new DocumentColumn<>("escalation_state", EscalationState.class, Case::escalationState);

  /** Post-mortem. */
  public static final DocumentColumn<DocumentationData> DOCUMENTATION_DATA =
      new DocumentColumn<>("documentation_data", DocumentationData.class, Case::documentationData);

  /** Decisions on the way. */
  public static final DocumentColumn<PathSelection> PATH_SELECTION =
      new DocumentColumn<>("path_selection", PathSelection.class, Case::pathSelection);

  /** State by turn. */
  public static final DocumentColumn<TurnProgress> TURN_PROGRESS =
      new DocumentColumn<>("turn_progress", TurnProgress.class, Case::turnProgress);

  /** Every column that has a record. */
  public static final List<DocumentColumn<?>> ALL =
      List.of(
          INVESTIGATION_PROGRESS,
          CONSULTING_DATA,
          PROBLEM_VERIFICATION,
          WORKING_CONCLUSION,
          ROOT_CAUSE_CONCLUSION,
          DEGRADED_MODE,
          ESCALATION_STATE,
          DOCUMENTATION_DATA,
          PATH_SELECTION,
          TURN_PROGRESS);

  /** The names of all of them. */
  public static final Set<String> NAMES =
      ALL.stream().map(DocumentColumn::name).collect(Collectors.toUnmodifiableSet());

  public DocumentColumn {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(stored, "stored");
  }

  /**
   * Reads the known fields of a column's JSON; the ranges of their values are constraints of the
   * record, which only a validator checks.
   *
   * @throws JsonMappingException when a known field has a value of another type, or one that its
   *     enum does not have; its path begins within the column
   */
  public D read(JsonNode json) throws JsonMappingException {
    return DocumentJson.read(json, type);
  }
}
