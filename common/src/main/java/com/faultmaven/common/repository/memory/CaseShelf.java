package com.faultmaven.common.repository.memory;

import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.repository.DuplicateKeyException;
import com.faultmaven.common.repository.MissingRowException;
import com.faultmaven.common.repository.VersionConflictException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Whole cases by id, and the rules of writing them. Not thread-safe: its owner locks. */
final class CaseShelf {
  private final Map<String, Case> cases = new HashMap<>();

  Optional<Case> find(String caseId) {
    return Optional.ofNullable(cases.get(caseId));
  }

  Case require(String caseId) {
    return find(caseId).orElseThrow(() -> new MissingRowException("case", caseId));
  }

  List<Case> all(Predicate<Case> wanted) {
    return cases.values().stream().filter(wanted).toList();
  }

  Case put(Case changed) {
    cases.put(changed.caseId(), changed);
    return changed;
  }

  boolean remove(String caseId) {
    return cases.remove(caseId) != null;
  }

  Case save(Case given) {
    Case stored = cases.get(given.caseId());
    if (stored == null) {
      if (given.version() > 0) {
        throw new MissingRowException("case", given.caseId());
      }
    } else if (given.version() == 0) {
      throw new DuplicateKeyException("case_id");
    } else {
      checkVersion(stored, given.version());
      requireSame(stored, given);
    }
    Case base = stored == null ? given.header() : stored;
    Case next = given.toBuilder().version(given.version() + 1).build();
    Case merged = next.toBuilder().uploadedFiles(base.uploadedFiles()).build();
    merged = CaseTable.EVIDENCE.merge(merged, base, given, (known, row) -> true);
    merged = CaseTable.HYPOTHESES.merge(merged, base, given, (known, row) -> true);
    merged = CaseTable.SOLUTIONS.merge(merged, base, given, (known, row) -> true);
    merged = CaseTable.MESSAGES.merge(merged, base, given, (known, row) -> true);
    merged = CaseTable.TRANSITIONS.merge(merged, base, given, (known, row) -> false);
    merged =
        CaseTable.TOOL_CALLS.merge(
            merged, base, given, (known, row) -> !known.status().isTerminal());
    for (Solution solution : merged.solutions()) {
      requireHypothesis(solution, stored, given);
    }
    put(merged);
    return next;
  }

  Optional<Case> updateHeader(
      String caseId, @Nullable Long expectedVersion, UnaryOperator<Case> change) {
    Case stored = cases.get(caseId);
    if (stored == null) {
      return Optional.empty();
    }
    checkVersion(stored, expectedVersion);
    Case changed = change.apply(stored.header());
    requireSame(stored, changed);
    Case next =
        changed.toBuilder()
            .version(stored.version() + 1)
            .evidence(stored.evidence())
            .hypotheses(stored.hypotheses())
            .solutions(stored.solutions())
            .messages(stored.messages())
            .uploadedFiles(stored.uploadedFiles())
            .statusTransitions(stored.statusTransitions())
            .toolCalls(stored.toolCalls())
            .build();
    return Optional.of(put(next).header());
  }

  Optional<Case> changeStatus(String caseId, @Nullable Long expectedVersion, StatusChange change) {
    Case stored = cases.get(caseId);
    if (stored == null) {
      return Optional.empty();
    }
    checkVersion(stored, expectedVersion);
    Case next = stored.withStatus(change).toBuilder().version(stored.version() + 1).build();
    return Optional.of(put(next).header());
  }

  <R> boolean insert(CaseTable<R> table, Function<R, String> caseId, List<R> rows) {
    Map<String, Case> changed = new HashMap<>();
    for (R row : rows) {
      String id = caseId.apply(row);
      Case holder = changed.getOrDefault(id, require(id));
      if (row instanceof Solution solution) {
        requireHypothesis(solution, holder, holder);
      }
      changed.put(id, table.insert(holder, row));
    }
    // Only now, when every row fits: all or nothing.
    cases.putAll(changed);
    return true;
  }

  <R> Optional<R> find(CaseTable<R> table, String caseId, String rowId) {
    return find(caseId).flatMap(holder -> table.find(holder, rowId));
  }

  <R> Optional<R> update(CaseTable<R> table, String caseId, String rowId, UnaryOperator<R> change) {
    Optional<R> changed = find(table, caseId, rowId).map(change);
    changed.ifPresent(row -> put(table.put(require(caseId), row)));
    return changed;
  }

  boolean removeEvidence(String caseId, String evidenceId) {
    if (find(CaseTable.EVIDENCE, caseId, evidenceId).isEmpty()) {
      return false;
    }
    Case rest = CaseTable.EVIDENCE.remove(require(caseId), evidenceId);
    List<Hypothesis> unlinked =
        rest.hypotheses().stream().map(row -> withoutLink(row, evidenceId)).toList();
    put(rest.toBuilder().hypotheses(unlinked).build());
    return true;
  }

  private static Hypothesis withoutLink(Hypothesis row, String evidenceId) {
    return new Hypothesis(
        row.hypothesisId(),
        row.caseId(),
        row.description(),
        row.status(),
        row.confidenceLevel(),
        row.reasoning(),
        row.evidenceLinks().stream().filter(link -> !link.evidenceId().equals(evidenceId)).toList(),
        row.createdAt(),
        row.updatedAt());
  }

  private static void requireHypothesis(Solution solution, @Nullable Case stored, Case given) {
    String hypothesis = solution.linkedHypothesisId();
    if (hypothesis != null
        && CaseTable.HYPOTHESES.find(given, hypothesis).isEmpty()
        && (stored == null || CaseTable.HYPOTHESES.find(stored, hypothesis).isEmpty())) {
      throw new MissingRowException("hypothesis", hypothesis);
    }
  }

  private static void requireSame(Case stored, Case changed) {
    if (!changed.caseId().equals(stored.caseId())
        || !changed.userId().equals(stored.userId())
        || changed.status() != stored.status()) {
      throw new IllegalArgumentException("id, owner and status of a case change in no other write");
    }
  }

  private static void checkVersion(Case stored, @Nullable Long expected) {
    if (expected != null && expected != stored.version()) {
      throw new VersionConflictException(expected, stored.version());
    }
  }
}
