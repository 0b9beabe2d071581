package com.faultmaven.cases.storage;

import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.ClosureReason;
import com.faultmaven.common.model.cases.ConfidenceLevel;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceLink;
import com.faultmaven.common.model.cases.EvidenceRelationship;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionCategory;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Set;

/** The tables of specification 3.2 whose rows are records of the model. */
@RegisterForReflection(
    targets = {
      Case.class,
      CaseMessage.class,
      CaseStatus.class,
      ClosureReason.class,
      ConfidenceLevel.class,
      DataType.class,
      Evidence.class,
      EvidenceForm.class,
      EvidenceLink.class,
      EvidenceRelationship.class,
      EvidenceSourceType.class,
      Hypothesis.class,
      HypothesisStatus.class,
      MessageRole.class,
      MessageType.class,
      PreprocessingStatus.class,
      Solution.class,
      SolutionCategory.class,
      SolutionStatus.class,
      StatusTransition.class,
      ToolCall.class,
      ToolCallStatus.class,
      UploadedFile.class
    })
final class CaseTables {
  /** The case's own row; tags and the tables around it are added by {@link CaseRows}. */
  static final Table<Case> CASES =
      new Table<>(
          Case.class,
          "cases",
          "case_id",
          "case_id",
          Set.of("case_id", "user_id", "created_at"),
          Table.columns(
              """
              case_id text
              user_id text
              status text
              closure_reason text
              title text
              description text
              current_phase text
              investigation_strategy text
              investigation_progress jsonb
              consulting_data jsonb
              problem_verification jsonb
              working_conclusion jsonb
              root_cause_conclusion jsonb
              degraded_mode jsonb
              escalation_state jsonb
              documentation_data jsonb
              path_selection jsonb
              conversation_history jsonb
              turn_progress jsonb
              created_at timestamptz
              updated_at timestamptz
              resolved_at timestamptz
              archived_at timestamptz
              version bigint
              """));

  static final Table<Evidence> EVIDENCE =
      new Table<>(
          Evidence.class,
          "evidence",
          "evidence_id",
          "case_id, evidence_id",
          Set.of("case_id", "evidence_id"),
          Table.columns(
              """
              evidence_id text
              case_id text
              content text
              source_type text
              form text
              raw_artifact_s3_key text
              preprocessed_summary text
              classification_dimensions jsonb
              created_at timestamptz
              """));

  static final Table<Hypothesis> HYPOTHESES =
      new Table<>(
          Hypothesis.class,
          "hypotheses",
          "hypothesis_id",
          "hypothesis_id",
          Set.of("case_id", "hypothesis_id"),
          Table.columns(
              """
              hypothesis_id text
              case_id text
              description text
              status text
              confidence_level text
              reasoning text
              evidence_links jsonb
              created_at timestamptz
              updated_at timestamptz
              """));

  static final Table<Solution> SOLUTIONS =
      new Table<>(
          Solution.class,
          "solutions",
          "solution_id",
          "solution_id",
          Set.of("case_id", "solution_id"),
          Table.columns(
              """
              solution_id text
              case_id text
              description text
              category text
              status text
              linked_hypothesis_id text
              steps jsonb
              verification_criteria jsonb
              result_summary text
              created_at timestamptz
              applied_at timestamptz
              """));

  static final Table<CaseMessage> MESSAGES =
      new Table<>(
          CaseMessage.class,
          "case_messages",
          "message_id",
          "case_id, message_id",
          Set.of("case_id", "message_id"),
          Table.columns(
              """
              message_id text
              case_id text
              message_type text
              role text
              content text
              metadata jsonb
              created_at timestamptz
              """));

  static final Table<UploadedFile> FILES =
      new Table<>(
          UploadedFile.class,
          "uploaded_files",
          "file_id",
          "file_id",
          Set.of("file_id", "case_id"),
          Table.columns(
              """
              file_id text
              case_id text
              filename text
              data_type text
              size_bytes bigint
              s3_key text
              preprocessing_status text
              preprocessing_summary text
              uploaded_at timestamptz
              processed_at timestamptz
              """));

  static final Table<StatusTransition> TRANSITIONS =
      new Table<>(
          StatusTransition.class,
          "case_status_transitions",
          "transition_id",
          "transition_id",
          Set.of("transition_id", "case_id"),
          Table.columns(
              """
              transition_id text
              case_id text
              from_status text
              to_status text
              triggered_at timestamptz
              triggered_by text
              reason text
              """));

  static final Table<ToolCall> TOOL_CALLS =
      new Table<>(
          ToolCall.class,
          "agent_tool_calls",
          "call_id",
          "call_id",
          Set.of("call_id", "case_id"),
          Table.columns(
              """
              call_id text
              case_id text
              tool_name text
              input_params jsonb
              output_result jsonb
              status text
              error_message text
              called_at timestamptz
              completed_at timestamptz
              """));

  private CaseTables() {}
}
