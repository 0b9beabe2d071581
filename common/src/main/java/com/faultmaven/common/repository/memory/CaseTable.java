package com.faultmaven.common.repository.memory;

import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseBuilder;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.repository.DuplicateKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * One of the tables around a case, as the list that the case holds: how to read it, write it, name
 * and order its rows.
 */
record CaseTable<R>(
    String idField,
    Function<Case, List<R>> read,
    BiFunction<CaseBuilder, List<R>, CaseBuilder> write,
    Function<R, String> id,
    Comparator<R> order) {
  static final CaseTable<Evidence> EVIDENCE =
      new CaseTable<>(
          "evidence_id",
          Case::evidence,
          CaseBuilder::evidence,
          Evidence::evidenceId,
          by(Evidence::createdAt, Evidence::evidenceId).reversed());
  static final CaseTable<Hypothesis> HYPOTHESES =
      new CaseTable<>(
          "hypothesis_id",
          Case::hypotheses,
          CaseBuilder::hypotheses,
          Hypothesis::hypothesisId,
          by(Hypothesis::createdAt, Hypothesis::hypothesisId));
  static final CaseTable<Solution> SOLUTIONS =
      new CaseTable<>(
          "solution_id",
          Case::solutions,
          CaseBuilder::solutions,
          Solution::solutionId,
          by(Solution::createdAt, Solution::solutionId));
  static final CaseTable<CaseMessage> MESSAGES =
      new CaseTable<>(
          "message_id",
          Case::messages,
          CaseBuilder::messages,
          CaseMessage::messageId,
          by(CaseMessage::createdAt, CaseMessage::messageId));
  static final CaseTable<UploadedFile> FILES =
      new CaseTable<>(
          "file_id",
          Case::uploadedFiles,
          CaseBuilder::uploadedFiles,
          UploadedFile::fileId,
          by(UploadedFile::uploadedAt, UploadedFile::fileId).reversed());
  static final CaseTable<StatusTransition> TRANSITIONS =
      new CaseTable<>(
          "transition_id",
          Case::statusTransitions,
          CaseBuilder::statusTransitions,
          StatusTransition::transitionId,
          by(StatusTransition::triggeredAt, StatusTransition::transitionId));
  static final CaseTable<ToolCall> TOOL_CALLS =
      new CaseTable<>(
          "call_id",
          Case::toolCalls,
          CaseBuilder::toolCalls,
          ToolCall::callId,
          by(ToolCall::calledAt, ToolCall::callId).reversed());

  static <R> Comparator<R> by(Function<R, Instant> time, Function<R, String> id) {
    return Comparator.comparing(time).thenComparing(id);
  }

  /** The row with the id. */
  Optional<R> find(Case holder, String rowId) {
    return read.apply(holder).stream().filter(row -> id.apply(row).equals(rowId)).findFirst();
  }

  /** The case with one more row; its id must be new. */
  Case insert(Case holder, R row) {
    if (find(holder, id.apply(row)).isPresent()) {
      throw new DuplicateKeyException(idField);
    }
    List<R> rows = new ArrayList<>(read.apply(holder));
    rows.add(row);
    return with(holder, rows);
  }

  /** The case with the row in place of the one with the same id, or as one more. */
  Case put(Case holder, R row) {
    return insert(remove(holder, id.apply(row)), row);
  }

  /** The case without the row. */
  Case remove(Case holder, String rowId) {
    return with(
        holder, read.apply(holder).stream().filter(row -> !id.apply(row).equals(rowId)).toList());
  }

  /** The rows of one case laid over those of another: new ones always, known ones where allowed. */
  Case merge(Case target, Case stored, Case given, BiPredicate<R, R> mayReplace) {
    Case merged = with(target, read.apply(stored));
    for (R row : read.apply(given)) {
      Optional<R> known = find(stored, id.apply(row));
      if (known.isEmpty() || mayReplace.test(known.get(), row)) {
        merged = put(merged, row);
      }
    }
    return merged;
  }

  /** The case with the rows of all its tables in their order. */
  static Case inOrder(Case holder) {
    Case ordered = holder;
    for (CaseTable<?> table :
        List.of(EVIDENCE, HYPOTHESES, SOLUTIONS, MESSAGES, FILES, TRANSITIONS, TOOL_CALLS)) {
      ordered = table.sorted(ordered);
    }
    return ordered;
  }

  private Case sorted(Case holder) {
    return with(holder, read.apply(holder));
  }

  private Case with(Case holder, List<R> rows) {
    return write.apply(holder.toBuilder(), rows.stream().sorted(order).toList()).build();
  }
}
