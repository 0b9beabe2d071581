package com.faultmaven.common.model.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.artifact.UploadedFile;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a case; see {@link Case}. */
public final class CaseBuilder {
  private final String caseId;
  private final String userId;
  private CaseStatus status = CaseStatus.CONSULTING;
  private @Nullable ClosureReason closureReason;
  private String title;
  private @Nullable String description;
  private @Nullable String currentPhase;
  private @Nullable String investigationStrategy;
  private @Nullable JsonNode investigationProgress;
  private @Nullable JsonNode consultingData;
  private @Nullable JsonNode problemVerification;
  private @Nullable JsonNode workingConclusion;
  private @Nullable JsonNode rootCauseConclusion;
  private @Nullable JsonNode degradedMode;
  private @Nullable JsonNode escalationState;
  private @Nullable JsonNode documentationData;
  private @Nullable JsonNode pathSelection;
  private @Nullable JsonNode conversationHistory;
  private @Nullable JsonNode turnProgress;
  private final Instant createdAt;
  private Instant updatedAt;
  private @Nullable Instant resolvedAt;
  private @Nullable Instant archivedAt;
  private long version;
  private Set<String> tags = Set.of();
  private List<Evidence> evidence = List.of();
  private List<Hypothesis> hypotheses = List.of();
  private List<Solution> solutions = List.of();
  private List<CaseMessage> messages = List.of();
  private List<UploadedFile> uploadedFiles = List.of();
  private List<StatusTransition> statusTransitions = List.of();
  private List<ToolCall> toolCalls = List.of();

  CaseBuilder(String caseId, String userId, String title, Instant now) {
    this.caseId = caseId;
    this.userId = userId;
    this.title = title;
    createdAt = now;
    updatedAt = now;
  }

  CaseBuilder(Case source) {
    caseId = source.caseId();
    userId = source.userId();
    status = source.status();
    closureReason = source.closureReason();
    title = source.title();
    description = source.description();
    currentPhase = source.currentPhase();
    investigationStrategy = source.investigationStrategy();
    investigationProgress = source.investigationProgress();
    consultingData = source.consultingData();
    problemVerification = source.problemVerification();
    workingConclusion = source.workingConclusion();
    rootCauseConclusion = source.rootCauseConclusion();
    degradedMode = source.degradedMode();
    escalationState = source.escalationState();
    documentationData = source.documentationData();
    pathSelection = source.pathSelection();
    conversationHistory = source.conversationHistory();
    turnProgress = source.turnProgress();
    createdAt = source.createdAt();
    updatedAt = source.updatedAt();
    resolvedAt = source.resolvedAt();
    archivedAt = source.archivedAt();
    version = source.version();
    tags = source.tags();
    evidence = source.evidence();
    hypotheses = source.hypotheses();
    solutions = source.solutions();
    messages = source.messages();
    uploadedFiles = source.uploadedFiles();
    statusTransitions = source.statusTransitions();
    toolCalls = source.toolCalls();
  }

  /** Where it is in its life. */
  public CaseBuilder status(CaseStatus value) {
    status = value;
    return this;
  }

  /** Why it ended; set exactly when the status is terminal. */
  public CaseBuilder closureReason(@Nullable ClosureReason value) {
    closureReason = value;
    return this;
  }

  /** One line. */
  public CaseBuilder title(String value) {
    title = value;
    return this;
  }

  /** The problem in the user's words, null when not given. */
  public CaseBuilder description(@Nullable String value) {
    description = value;
    return this;
  }

  /** Phase of the investigation, null before. */
  public CaseBuilder currentPhase(@Nullable String value) {
    currentPhase = value;
    return this;
  }

  /** How it is investigated, null before. */
  public CaseBuilder investigationStrategy(@Nullable String value) {
    investigationStrategy = value;
    return this;
  }

  /** Milestones. */
  public CaseBuilder investigationProgress(@Nullable JsonNode value) {
    investigationProgress = value;
    return this;
  }

  /** Context from before the investigation. */
  public CaseBuilder consultingData(@Nullable JsonNode value) {
    consultingData = value;
    return this;
  }

  /** Symptoms and scope. */
  public CaseBuilder problemVerification(@Nullable JsonNode value) {
    problemVerification = value;
    return this;
  }

  /** What is thought at present. */
  public CaseBuilder workingConclusion(@Nullable JsonNode value) {
    workingConclusion = value;
    return this;
  }

  /** The final diagnosis. */
  public CaseBuilder rootCauseConclusion(@Nullable JsonNode value) {
    rootCauseConclusion = value;
    return this;
  }

  /** What works only in part. */
  public CaseBuilder degradedMode(@Nullable JsonNode value) {
    degradedMode = value;
    return this;
  }

  /** To whom it was handed. */
  public CaseBuilder escalationState(@Nullable JsonNode value) {
    escalationState = value;
    return this;
  }

  /** Post-mortem. */
  public CaseBuilder documentationData(@Nullable JsonNode value) {
    documentationData = value;
    return this;
  }

  /** Decisions on the way. */
  public CaseBuilder pathSelection(@Nullable JsonNode value) {
    pathSelection = value;
    return this;
  }

  /** Snapshot of the conversation. */
  public CaseBuilder conversationHistory(@Nullable JsonNode value) {
    conversationHistory = value;
    return this;
  }

  /** State by turn. */
  public CaseBuilder turnProgress(@Nullable JsonNode value) {
    turnProgress = value;
    return this;
  }

  /** When its own row last changed. */
  public CaseBuilder updatedAt(Instant value) {
    updatedAt = value;
    return this;
  }

  /** When it was resolved, null otherwise. */
  public CaseBuilder resolvedAt(@Nullable Instant value) {
    resolvedAt = value;
    return this;
  }

  /** When it was archived, null before. */
  public CaseBuilder archivedAt(@Nullable Instant value) {
    archivedAt = value;
    return this;
  }

  /** Optimistic lock: 0 for a case that was never stored, then 1, 2, 3 …. */
  public CaseBuilder version(long value) {
    version = value;
    return this;
  }

  /** Labels, in alphabetical order. */
  public CaseBuilder tags(Set<String> value) {
    tags = value;
    return this;
  }

  /** Evidence, newest first. */
  public CaseBuilder evidence(List<Evidence> value) {
    evidence = value;
    return this;
  }

  /** Supposed causes, oldest first. */
  public CaseBuilder hypotheses(List<Hypothesis> value) {
    hypotheses = value;
    return this;
  }

  /** Ways out, oldest first. */
  public CaseBuilder solutions(List<Solution> value) {
    solutions = value;
    return this;
  }

  /** The conversation, oldest first. */
  public CaseBuilder messages(List<CaseMessage> value) {
    messages = value;
    return this;
  }

  /** Files, newest first. */
  public CaseBuilder uploadedFiles(List<UploadedFile> value) {
    uploadedFiles = value;
    return this;
  }

  /** Audit trail, oldest first. */
  public CaseBuilder statusTransitions(List<StatusTransition> value) {
    statusTransitions = value;
    return this;
  }

  /** The agent's tool calls, newest first. */
  public CaseBuilder toolCalls(List<ToolCall> value) {
    toolCalls = value;
    return this;
  }

  /**
   * Makes the record.
   *
   * @throws IllegalArgumentException when the values do not go together
   */
  public Case build() {
    return new Case(
        caseId,
        userId,
        status,
        closureReason,
        title,
        description,
        currentPhase,
        investigationStrategy,
        investigationProgress,
        consultingData,
        problemVerification,
        workingConclusion,
        rootCauseConclusion,
        degradedMode,
        escalationState,
        documentationData,
        pathSelection,
        conversationHistory,
        turnProgress,
        createdAt,
        updatedAt,
        resolvedAt,
        archivedAt,
        version,
        tags,
        evidence,
        hypotheses,
        solutions,
        messages,
        uploadedFiles,
        statusTransitions,
        toolCalls);
  }
}
