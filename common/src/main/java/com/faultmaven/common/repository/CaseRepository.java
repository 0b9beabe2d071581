package com.faultmaven.common.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisEvaluation;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.model.cases.InvalidStatusTransitionException;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.web.Page;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Cases and the rows around them (specification 3.4, 4.5, 6.1; decisions, section 3).
 *
 * <p>A case's own row is under an optimistic lock, {@link Case#version()}. Its other rows are
 * written on their own: two writers never lose each other's rows, and the case's version stays. Who
 * may do what is not decided here.
 *
 * <p>Every {@code Uni} fails with {@link StorageUnavailableException} when the server is away. A
 * failed write has changed nothing. Writes of a row whose case is not there fail with {@link
 * MissingRowException}; a second row with the same id fails with {@link DuplicateKeyException}.
 */
public interface CaseRepository {
  // The aggregate

  /**
   * Stores a case with all its rows in one transaction. A case of version 0 is inserted; another
   * one must still have the version that it was read with. Rows that the case brings are inserted
   * or updated; rows that it does not bring, audit rows and finished tool calls stay as they are.
   * The tags are replaced. Files are not written, {@link #putUploadedFile} does that.
   *
   * @return the case as given, with its next version; fails with {@link VersionConflictException}
   *     when it was changed since it was read, with {@link DuplicateKeyException} {@code case_id}
   *     when a case of version 0 is there already, with {@link MissingRowException} when a case of
   *     another version is not, and with {@link IllegalArgumentException} when its status is not
   *     the stored one: {@link #changeStatus} alone changes that
   */
  Uni<Case> save(Case changed);

  /** The whole case with all its rows, in one query; empty when there is none. */
  Uni<Optional<Case>> get(String caseId);

  /** The case's own row and tags; empty when there is none. */
  Uni<Optional<Case>> getHeader(String caseId);

  /**
   * Reads, changes and writes a case's own row and tags in one step.
   *
   * @param expectedVersion the version that the caller has seen; null for any
   * @param change gives the new header: same id, owner and status; may be called more than once
   * @return the header as stored, with its next version, empty when there is none; fails with
   *     {@link VersionConflictException}, and with what {@code change} throws
   */
  Uni<Optional<Case>> update(
      String caseId, @Nullable Long expectedVersion, UnaryOperator<Case> change);

  /**
   * Brings a case into another status and writes the audit row, in one transaction.
   *
   * @param expectedVersion the version that the caller has seen; null for any
   * @return the header as stored, with its next version, empty when there is none; fails with
   *     {@link InvalidStatusTransitionException} and {@link VersionConflictException}
   */
  Uni<Optional<Case>> changeStatus(
      String caseId, @Nullable Long expectedVersion, StatusChange change);

  /**
   * Deletes a case with all its rows.
   *
   * @return false when there is none
   */
  Uni<Boolean> delete(String caseId);

  // Lists

  /** Headers of a user's cases, newest first, at most 200. {@link #find} pages on. */
  default Uni<List<Case>> findByUser(String userId) {
    return find(CaseQuery.ofUser(userId, Limits.MAX - 1));
  }

  /**
   * Headers of a user's cases that have not ended and are not archived, newest first, up to 200.
   */
  Uni<List<Case>> listActive(String userId);

  /** Headers of the cases that the query asks for, newest first. */
  Uni<List<Case>> find(CaseQuery query);

  /** Cases that hold all the words, best first, with their total. */
  Uni<Page<CaseHit>> search(CaseSearch search);

  /** The audit trail, oldest first; empty when there is no such case. */
  Uni<List<StatusTransition>> getTransitions(String caseId);

  // Tags

  /** The case's tags in alphabetical order; empty when there is no such case. */
  Uni<Set<String>> getTags(String caseId);

  /** Adds tags; those that are there already stay. Gives all tags of the case. */
  Uni<Set<String>> addTags(String caseId, Set<String> tags);

  /** Replaces all tags. Gives all tags of the case. */
  Uni<Set<String>> setTags(String caseId, Set<String> tags);

  /** Removes one tag; false when the case does not have it. */
  Uni<Boolean> removeTag(String caseId, String tag);

  /** Tags that a user's cases have, with how many have each, in alphabetical order. */
  Uni<Map<String, Long>> countTags(String userId);

  // Evidence

  /** Adds evidence of one or more cases, all or nothing. */
  Uni<Void> addEvidence(List<Evidence> evidence);

  /** One piece of evidence; empty when there is none. */
  Uni<Optional<Evidence>> getEvidence(String caseId, String evidenceId);

  /** Evidence that the query asks for, newest first. */
  Uni<List<Evidence>> listEvidence(String caseId, EvidenceQuery query);

  /** Evidence from one source, newest first, at most 200 (specification 3.4). */
  default Uni<List<Evidence>> getEvidenceByType(String caseId, EvidenceSourceType source) {
    return listEvidence(caseId, new EvidenceQuery(source, null, null, null, null, Limits.MAX - 1));
  }

  /** Reads, changes and writes one piece of evidence in one step; empty when there is none. */
  Uni<Optional<Evidence>> updateEvidence(
      String caseId, String evidenceId, UnaryOperator<Evidence> change);

  /** Deletes one piece of evidence; false when there is none. Links to it are removed with it. */
  Uni<Boolean> deleteEvidence(String caseId, String evidenceId);

  // Hypotheses

  /** Adds a hypothesis. */
  Uni<Void> addHypothesis(Hypothesis hypothesis);

  /** One hypothesis; empty when there is none. */
  Uni<Optional<Hypothesis>> getHypothesis(String caseId, String hypothesisId);

  /** Hypotheses of a case, oldest first; an empty set of statuses asks for all. */
  Uni<List<Hypothesis>> listHypotheses(String caseId, Set<HypothesisStatus> statuses);

  /** Hypotheses that await their verdict, oldest first (specification 3.4). */
  default Uni<List<Hypothesis>> getActiveHypotheses(String caseId) {
    return listHypotheses(caseId, Set.of(HypothesisStatus.EXPLORING, HypothesisStatus.TESTING));
  }

  /**
   * Reads, changes and writes one hypothesis in one step, so that no link of another writer is
   * lost; empty when there is none. Fails with what {@code change} throws.
   */
  Uni<Optional<Hypothesis>> updateHypothesis(
      String caseId, String hypothesisId, UnaryOperator<Hypothesis> change);

  /**
   * Evaluates several hypotheses in the light of one piece of evidence, all or nothing
   * (specification 6.3, pattern 4).
   *
   * @return the hypotheses as stored, in the order of the evaluations; fails with {@link
   *     MissingRowException} when the evidence or a hypothesis is not there
   */
  Uni<List<Hypothesis>> evaluateHypotheses(
      String caseId, String evidenceId, List<HypothesisEvaluation> evaluations, Instant at);

  // Solutions

  /**
   * Adds a solution. Fails with {@link MissingRowException} when the hypothesis that it is linked
   * to is not one of the case.
   */
  Uni<Void> addSolution(Solution solution);

  /** One solution; empty when there is none. */
  Uni<Optional<Solution>> getSolution(String caseId, String solutionId);

  /** Solutions of a case, oldest first; an empty set of statuses asks for all. */
  Uni<List<Solution>> listSolutions(String caseId, Set<SolutionStatus> statuses);

  /**
   * Reads, changes and writes one solution in one step; empty when there is none. Fails with what
   * {@code change} throws, for example {@link InvalidStatusTransitionException}.
   */
  Uni<Optional<Solution>> updateSolution(
      String caseId, String solutionId, UnaryOperator<Solution> change);

  // Conversation

  /** Adds messages of one or more cases, all or nothing. */
  Uni<Void> addMessages(List<CaseMessage> messages);

  /** The part of the conversation that the query asks for. */
  Uni<List<CaseMessage>> getConversationThread(String caseId, MessageQuery query);

  // Tool calls

  /** Adds a tool call, finished or not. */
  Uni<Void> addToolCall(ToolCall call);

  /**
   * Finishes a tool call, once.
   *
   * @param status success or failed
   * @return the call as stored, empty when there is none; fails with {@link
   *     InvalidStatusTransitionException} when it is finished already
   */
  Uni<Optional<ToolCall>> finishToolCall(
      String caseId,
      String callId,
      ToolCallStatus status,
      @Nullable JsonNode output,
      @Nullable String error,
      Instant at);

  /** Tool calls that the query asks for, newest first. */
  Uni<List<ToolCall>> listToolCalls(String caseId, ToolCallQuery query);

  // Files (in case-service a read model of what artifact-service owns)

  /** Inserts the file's metadata, or replaces those with the same id. */
  Uni<Void> putUploadedFile(UploadedFile file);

  /** One file's metadata (specification 4.5); empty when there is none. */
  Uni<Optional<UploadedFile>> getUploadedFile(String fileId);

  /** Files of a case, newest first (specification 4.5). */
  Uni<List<UploadedFile>> listUploadedFiles(String caseId);

  /** Removes a file's metadata; false when there are none. */
  Uni<Boolean> deleteUploadedFile(String fileId);
}
