package com.faultmaven.cases.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.cases.Case;
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
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.Null;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Changes of a case's own row, a merge patch. What a column holds after the merge must be as its
 * record says, see {@link CaseColumns}.
 *
 * @param title one line
 * @param description the problem in the user's words; null clears it
 * @param currentPhase phase of the investigation; null clears it
 * @param investigationStrategy how it is investigated; null clears it
 * @param archived never taken: the archive has endpoints of its own
 * @param investigationProgress milestones; merged, null clears it
 * @param consultingData context from before the investigation; merged, null clears it
 * @param problemVerification symptoms and scope; merged, null clears it
 * @param workingConclusion what is thought at present; merged, null clears it
 * @param rootCauseConclusion the final diagnosis; merged, null clears it
 * @param degradedMode what works only in part; merged, null clears it
 * @param escalationState to whom it was handed; merged, null clears it
 * @param documentationData post-mortem; merged, null clears it
 * @param pathSelection decisions on the way; merged, null clears it
 * @param conversationHistory never taken: it is made from the messages
 * @param turnProgress state by turn; merged, null clears it
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {
          "current_phase": "hypothesis_testing",
          "problem_verification": {
            "symptoms": ["Connection timeouts"],
            "scope": {"services": ["checkout"]},
            "severity": "high"
          },
          "working_conclusion": {
            "summary": "The connection pool is exhausted",
            "confidence": 0.7
          }
        }
        """)
public record PatchCase(
    @Text @Size(max = Bounds.TITLE) @Schema(examples = "Connection pool exhausted in checkout")
        @Nullable String title,
    @Text @Size(max = Bounds.DESCRIPTION) @Nullable String description,
    @Text @Size(max = Bounds.NAME) @Schema(examples = "hypothesis_testing")
        @Nullable String currentPhase,
    @Text @Size(max = Bounds.NAME) @Schema(examples = "systematic")
        @Nullable String investigationStrategy,
    @Null(message = ARCHIVE_IS_ASKED) @Schema(hidden = true) @Nullable JsonNode archived,
    @JsonColumn @Schema(implementation = InvestigationProgress.class)
        @Nullable JsonNode investigationProgress,
    @JsonColumn @Schema(implementation = ConsultingData.class) @Nullable JsonNode consultingData,
    @JsonColumn @Schema(implementation = ProblemVerification.class)
        @Nullable JsonNode problemVerification,
    @JsonColumn @Schema(implementation = WorkingConclusion.class)
        @Nullable JsonNode workingConclusion,
    @JsonColumn @Schema(implementation = RootCauseConclusion.class)
        @Nullable JsonNode rootCauseConclusion,
    @JsonColumn @Schema(implementation = DegradedMode.class) @Nullable JsonNode degradedMode,
    @JsonColumn @Schema(implementation = EscalationState.class) @Nullable JsonNode escalationState,
    @JsonColumn @Schema(implementation = DocumentationData.class)
        @Nullable JsonNode documentationData,
    @JsonColumn @Schema(implementation = PathSelection.class) @Nullable JsonNode pathSelection,
    @Null(message = NewCase.HISTORY_IS_MADE) @Schema(hidden = true)
        @Nullable JsonNode conversationHistory,
    @JsonColumn @Schema(implementation = TurnProgress.class) @Nullable JsonNode turnProgress) {
  private static final String ARCHIVE_IS_ASKED =
      "is not changed here: POST /cases/{case_id}/archive and /restore";

  /** The case with the changes. */
  static Case apply(MergePatch<PatchCase> patch, Case old, Instant now) {
    PatchCase sent = patch.values();
    return old.toBuilder()
        .title(patch.required("title", sent.title, old.title()))
        .description(patch.clearable("description", sent.description, old.description()))
        .currentPhase(patch.clearable("current_phase", sent.currentPhase, old.currentPhase()))
        .investigationStrategy(
            patch.clearable(
                "investigation_strategy", sent.investigationStrategy, old.investigationStrategy()))
        .investigationProgress(
            patch.merged(
                "investigation_progress", sent.investigationProgress, old.investigationProgress()))
        .consultingData(patch.merged("consulting_data", sent.consultingData, old.consultingData()))
        .problemVerification(
            patch.merged(
                "problem_verification", sent.problemVerification, old.problemVerification()))
        .workingConclusion(
            patch.merged("working_conclusion", sent.workingConclusion, old.workingConclusion()))
        .rootCauseConclusion(
            patch.merged(
                "root_cause_conclusion", sent.rootCauseConclusion, old.rootCauseConclusion()))
        .degradedMode(patch.merged("degraded_mode", sent.degradedMode, old.degradedMode()))
        .escalationState(
            patch.merged("escalation_state", sent.escalationState, old.escalationState()))
        .documentationData(
            patch.merged("documentation_data", sent.documentationData, old.documentationData()))
        .pathSelection(patch.merged("path_selection", sent.pathSelection, old.pathSelection()))
        .turnProgress(patch.merged("turn_progress", sent.turnProgress, old.turnProgress()))
        .updatedAt(now)
        .build();
  }
}
