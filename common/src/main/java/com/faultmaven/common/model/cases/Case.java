package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.faultmaven.common.model.Checks;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.document.ConsultingData;
import com.faultmaven.common.model.cases.document.DegradedMode;
import com.faultmaven.common.model.cases.document.DocumentationData;
import com.faultmaven.common.model.cases.document.EscalationState;
import com.faultmaven.common.model.cases.document.InvestigationProgress;
import com.faultmaven.common.model.cases.document.PathSelection;
import com.faultmaven.common.model.cases.document.ProblemVerification;
import com.faultmaven.common.model.cases.document.RootCauseConclusion;
import com.faultmaven.common.model.cases.document.TurnProgress;
import com.faultmaven.common.model.cases.document.WorkingConclusion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A case with everything around it (specification 3.2). JSON columns are values: nobody changes a
 * node that a case holds.
 *
 * <p>The JSON columns hold what was sent; {@link
 * com.faultmaven.common.model.cases.document.DocumentColumn} says which of their fields are known.
 *
 * <p>Where a contract says "header", the case comes with its own row and tags, and its other
 * collections are empty.
 *
 * @param caseId id
 * @param userId the owner
 * @param status where it is in its life
 * @param closureReason why it ended; set exactly when the status is terminal
 * @param title one line
 * @param description the problem in the user's words, null when not given
 * @param currentPhase phase of the investigation, null before
 * @param investigationStrategy how it is investigated, null before
 * @param investigationProgress milestones
 * @param consultingData context from before the investigation
 * @param problemVerification symptoms and scope
 * @param workingConclusion what is thought at present
 * @param rootCauseConclusion the final diagnosis
 * @param degradedMode what works only in part
 * @param escalationState to whom it was handed
 * @param documentationData post-mortem
 * @param pathSelection decisions on the way
 * @param conversationHistory snapshot of the conversation; what the API shows here is made from the
 *     messages instead, see {@link RecentMessage}
 * @param turnProgress state by turn
 * @param createdAt when it was opened
 * @param updatedAt when its own row last changed
 * @param resolvedAt when it was resolved, null otherwise
 * @param archivedAt when it was archived, null before
 * @param version optimistic lock: 0 for a case that was never stored, then 1, 2, 3 …
 * @param tags labels, in alphabetical order
 * @param evidence evidence, newest first
 * @param hypotheses supposed causes, oldest first
 * @param solutions ways out, oldest first
 * @param messages the conversation, oldest first
 * @param uploadedFiles files, newest first
 * @param statusTransitions audit trail, oldest first
 * @param toolCalls the agent's tool calls, newest first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Case(
    String caseId,
    String userId,
    CaseStatus status,
    @Nullable ClosureReason closureReason,
    String title,
    @Nullable String description,
    @Nullable String currentPhase,
    @Nullable String investigationStrategy,
    @Schema(implementation = InvestigationProgress.class) @Nullable JsonNode investigationProgress,
    @Schema(implementation = ConsultingData.class) @Nullable JsonNode consultingData,
    @Schema(implementation = ProblemVerification.class) @Nullable JsonNode problemVerification,
    @Schema(implementation = WorkingConclusion.class) @Nullable JsonNode workingConclusion,
    @Schema(implementation = RootCauseConclusion.class) @Nullable JsonNode rootCauseConclusion,
    @Schema(implementation = DegradedMode.class) @Nullable JsonNode degradedMode,
    @Schema(implementation = EscalationState.class) @Nullable JsonNode escalationState,
    @Schema(implementation = DocumentationData.class) @Nullable JsonNode documentationData,
    @Schema(implementation = PathSelection.class) @Nullable JsonNode pathSelection,
    @Schema(implementation = RecentMessage[].class) @Nullable JsonNode conversationHistory,
    @Schema(implementation = TurnProgress.class) @Nullable JsonNode turnProgress,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant resolvedAt,
    @Nullable Instant archivedAt,
    long version,
    Set<String> tags,
    List<Evidence> evidence,
    List<Hypothesis> hypotheses,
    List<Solution> solutions,
    List<CaseMessage> messages,
    List<UploadedFile> uploadedFiles,
    List<StatusTransition> statusTransitions,
    List<ToolCall> toolCalls) {
  public Case {
    Checks.text(caseId, "case_id");
    Checks.text(userId, "user_id");
    requireNonNull(status, "status");
    Checks.text(title, "title");
    if (status.isTerminal() != (closureReason != null)) {
      throw new IllegalArgumentException("closure_reason goes with a terminal status");
    }
    investigationProgress = Checks.json(investigationProgress);
    consultingData = Checks.json(consultingData);
    problemVerification = Checks.json(problemVerification);
    workingConclusion = Checks.json(workingConclusion);
    rootCauseConclusion = Checks.json(rootCauseConclusion);
    degradedMode = Checks.json(degradedMode);
    escalationState = Checks.json(escalationState);
    documentationData = Checks.json(documentationData);
    pathSelection = Checks.json(pathSelection);
    conversationHistory = Checks.json(conversationHistory);
    turnProgress = Checks.json(turnProgress);
    requireNonNull(createdAt, "created_at");
    requireNonNull(updatedAt, "updated_at");
    Checks.count(version, "version");
    tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags.stream().sorted().toList()));
    evidence = List.copyOf(evidence);
    hypotheses = List.copyOf(hypotheses);
    solutions = List.copyOf(solutions);
    messages = List.copyOf(messages);
    uploadedFiles = List.copyOf(uploadedFiles);
    statusTransitions = List.copyOf(statusTransitions);
    toolCalls = List.copyOf(toolCalls);
  }

  /** Starts a new case in the status consulting, with nothing in it. */
  public static CaseBuilder open(String caseId, String userId, String title, Instant now) {
    return new CaseBuilder(caseId, userId, title, now);
  }

  /** A builder that holds this case's values. */
  public CaseBuilder toBuilder() {
    return new CaseBuilder(this);
  }

  /** The same case with one more piece of evidence, put first (specification 6.3, pattern 1). */
  public Case addEvidence(Evidence added) {
    List<Evidence> all = new ArrayList<>(evidence.size() + 1);
    all.add(added);
    all.addAll(evidence);
    return toBuilder().evidence(all).build();
  }

  /** The hypotheses that still await their verdict (specification 3.4). */
  public List<Hypothesis> activeHypotheses() {
    return hypotheses.stream().filter(hypothesis -> hypothesis.status().isActive()).toList();
  }

  /** The evidence that comes from the source (specification 3.4). */
  public List<Evidence> evidenceFrom(EvidenceSourceType source) {
    return evidence.stream().filter(piece -> piece.sourceType() == source).toList();
  }

  /**
   * The same case in the next status, with the audit row that goes with it.
   *
   * @throws InvalidStatusTransitionException when a rule forbids the change
   */
  public Case withStatus(StatusChange change) {
    StatusTransition transition = change.from(caseId, status);
    List<StatusTransition> trail = new ArrayList<>(statusTransitions);
    trail.add(transition);
    return toBuilder()
        .status(change.to())
        .closureReason(change.closureReason())
        .updatedAt(change.at())
        .resolvedAt(change.to() == CaseStatus.RESOLVED ? change.at() : null)
        .statusTransitions(trail)
        .build();
  }

  /** The case's own row and tags alone. */
  public Case header() {
    return toBuilder()
        .evidence(List.of())
        .hypotheses(List.of())
        .solutions(List.of())
        .messages(List.of())
        .uploadedFiles(List.of())
        .statusTransitions(List.of())
        .toolCalls(List.of())
        .build();
  }

  /** What lists show of the case. */
  public CaseSummary summary() {
    return CaseSummary.of(this);
  }
}
