package com.faultmaven.cases.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.Evidence;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.HypothesisEvaluation;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.repository.CaseHit;
import com.faultmaven.common.repository.CaseQuery;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.repository.CaseSearch;
import com.faultmaven.common.repository.EvidenceQuery;
import com.faultmaven.common.repository.MessageQuery;
import com.faultmaven.common.repository.ToolCallQuery;
import com.faultmaven.common.web.Page;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The cases of {@code cases_db}; one class for each part of the contract does the work. */
final class PostgresCaseRepository implements CaseRepository {
  private final TagRows tags;
  private final CaseRows cases;
  private final WholeCases wholeCases;
  private final CaseTextSearch search;
  private final EvidenceRows evidence;
  private final HypothesisRows hypotheses;
  private final SolutionRows solutions;
  private final AuditRows audit;
  private final MessageRows messages;
  private final FileRows files;

  PostgresCaseRepository(Connections connections) {
    tags = new TagRows(connections);
    cases = new CaseRows(connections, tags);
    wholeCases = new WholeCases(connections);
    search = new CaseTextSearch(connections);
    evidence = new EvidenceRows(connections);
    hypotheses = new HypothesisRows(connections);
    solutions = new SolutionRows(connections);
    messages = new MessageRows(connections);
    audit = new AuditRows(connections);
    files = new FileRows(connections);
  }

  @Override
  public Uni<Case> save(Case changed) {
    return wholeCases.save(changed);
  }

  @Override
  public Uni<Optional<Case>> get(String caseId) {
    return wholeCases.get(caseId);
  }

  @Override
  public Uni<Optional<Case>> getHeader(String caseId) {
    return cases.get(caseId);
  }

  @Override
  public Uni<Optional<Case>> update(
      String caseId, @Nullable Long expectedVersion, UnaryOperator<Case> change) {
    return cases.update(caseId, expectedVersion, change);
  }

  @Override
  public Uni<Optional<Case>> changeStatus(
      String caseId, @Nullable Long expectedVersion, StatusChange change) {
    return cases.changeStatus(caseId, expectedVersion, change);
  }

  @Override
  public Uni<Boolean> delete(String caseId) {
    return cases.delete(caseId);
  }

  @Override
  public Uni<List<Case>> listActive(String userId) {
    return cases.listActive(userId);
  }

  @Override
  public Uni<List<Case>> find(CaseQuery query) {
    return cases.find(query);
  }

  @Override
  public Uni<Page<CaseHit>> search(CaseSearch asked) {
    return search.search(asked);
  }

  @Override
  public Uni<List<StatusTransition>> getTransitions(String caseId) {
    return audit.transitions(caseId);
  }

  @Override
  public Uni<Set<String>> getTags(String caseId) {
    return tags.get(caseId);
  }

  @Override
  public Uni<Set<String>> addTags(String caseId, Set<String> added) {
    return tags.add(caseId, added);
  }

  @Override
  public Uni<Set<String>> setTags(String caseId, Set<String> all) {
    return tags.set(caseId, all);
  }

  @Override
  public Uni<Boolean> removeTag(String caseId, String tag) {
    return tags.remove(caseId, tag);
  }

  @Override
  public Uni<Map<String, Long>> countTags(String userId) {
    return tags.count(userId);
  }

  @Override
  public Uni<Void> addEvidence(List<Evidence> added) {
    return evidence.rows().insert(added);
  }

  @Override
  public Uni<Optional<Evidence>> getEvidence(String caseId, String evidenceId) {
    return evidence.rows().get(caseId, evidenceId);
  }

  @Override
  public Uni<List<Evidence>> listEvidence(String caseId, EvidenceQuery query) {
    return evidence.list(caseId, query);
  }

  @Override
  public Uni<Optional<Evidence>> updateEvidence(
      String caseId, String evidenceId, UnaryOperator<Evidence> change) {
    return evidence.rows().update(caseId, evidenceId, change);
  }

  @Override
  public Uni<Boolean> deleteEvidence(String caseId, String evidenceId) {
    return evidence.delete(caseId, evidenceId);
  }

  @Override
  public Uni<Void> addHypothesis(Hypothesis hypothesis) {
    return hypotheses.rows().insert(List.of(hypothesis));
  }

  @Override
  public Uni<Optional<Hypothesis>> getHypothesis(String caseId, String hypothesisId) {
    return hypotheses.rows().get(caseId, hypothesisId);
  }

  @Override
  public Uni<List<Hypothesis>> listHypotheses(String caseId, Set<HypothesisStatus> statuses) {
    return hypotheses.list(caseId, statuses);
  }

  @Override
  public Uni<Optional<Hypothesis>> updateHypothesis(
      String caseId, String hypothesisId, UnaryOperator<Hypothesis> change) {
    return hypotheses.rows().update(caseId, hypothesisId, change);
  }

  @Override
  public Uni<List<Hypothesis>> evaluateHypotheses(
      String caseId, String evidenceId, List<HypothesisEvaluation> evaluations, Instant at) {
    return hypotheses.evaluate(caseId, evidenceId, evaluations, at);
  }

  @Override
  public Uni<Void> addSolution(Solution solution) {
    return solutions.rows().insert(List.of(solution));
  }

  @Override
  public Uni<Optional<Solution>> getSolution(String caseId, String solutionId) {
    return solutions.rows().get(caseId, solutionId);
  }

  @Override
  public Uni<List<Solution>> listSolutions(String caseId, Set<SolutionStatus> statuses) {
    return solutions.list(caseId, statuses);
  }

  @Override
  public Uni<Optional<Solution>> updateSolution(
      String caseId, String solutionId, UnaryOperator<Solution> change) {
    return solutions.rows().update(caseId, solutionId, change);
  }

  @Override
  public Uni<Void> addMessages(List<CaseMessage> added) {
    return messages.insert(added);
  }

  @Override
  public Uni<List<CaseMessage>> getConversationThread(String caseId, MessageQuery query) {
    return messages.list(caseId, query);
  }

  @Override
  public Uni<Void> addToolCall(ToolCall call) {
    return audit.toolCalls().insert(List.of(call));
  }

  @Override
  public Uni<Optional<ToolCall>> finishToolCall(
      String caseId,
      String callId,
      ToolCallStatus status,
      @Nullable JsonNode output,
      @Nullable String error,
      Instant at) {
    return audit.toolCalls().update(caseId, callId, call -> call.finish(status, output, error, at));
  }

  @Override
  public Uni<List<ToolCall>> listToolCalls(String caseId, ToolCallQuery query) {
    return audit.list(caseId, query);
  }

  @Override
  public Uni<Void> putUploadedFile(UploadedFile file) {
    return files.put(file);
  }

  @Override
  public Uni<Optional<UploadedFile>> getUploadedFile(String fileId) {
    return files.get(fileId);
  }

  @Override
  public Uni<List<UploadedFile>> listUploadedFiles(String caseId) {
    return files.list(caseId);
  }

  @Override
  public Uni<Boolean> deleteUploadedFile(String fileId) {
    return files.delete(fileId);
  }
}
