package com.faultmaven.cases.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.faultmaven.cases.domain.AnalyticsQuery;
import com.faultmaven.cases.domain.CaseCollection;
import com.faultmaven.cases.domain.CaseDocument;
import com.faultmaven.cases.domain.CaseHead;
import com.faultmaven.cases.domain.CaseParts;
import com.faultmaven.cases.domain.CaseStore;
import com.faultmaven.cases.domain.DataAccess;
import com.faultmaven.cases.domain.Scope;
import com.faultmaven.cases.domain.ShownRow;
import com.faultmaven.cases.domain.ShownRows;
import com.faultmaven.cases.domain.legacy.OffLoop;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseMessage;
import com.faultmaven.common.model.cases.Hypothesis;
import com.faultmaven.common.model.cases.RecentMessage;
import com.faultmaven.common.repository.CaseRepository;
import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Cases of another backend than PostgreSQL, which knows no transactions: what a transaction writes
 * there stays when it is rolled back. Users and the access log are in the database all the same.
 */
final class SubstituteCaseStore implements CaseStore {
  /** Copies that other backends have made never fit. */
  private static final long NO_EPOCH = -1;

  private final CaseRepository cases;
  private final CaseStore database;
  private final ObjectMapper wire;
  private final OffLoop offLoop;

  /**
   * A store of the cases.
   *
   * @param database keeps what is not the cases' own
   * @param wire writes JSON as the API answers it
   */
  SubstituteCaseStore(
      CaseRepository cases, CaseStore database, ObjectMapper wire, OffLoop offLoop) {
    this.cases = cases;
    this.database = database;
    this.wire = wire;
    this.offLoop = offLoop;
  }

  @Override
  public CaseRepository direct(Scope scope) {
    return cases;
  }

  @Override
  public CaseRepository in(SqlConnection tx, Scope scope) {
    return cases;
  }

  @Override
  public Uni<Void> ensureUser(SqlConnection tx, String userId) {
    return database.ensureUser(tx, userId);
  }

  @Override
  public Uni<Void> putUser(SqlConnection tx, String userId, String status) {
    return database.putUser(tx, userId, status);
  }

  /** Other backends have no archive. */
  @Override
  public Uni<Boolean> hold(SqlConnection tx, Scope scope, String caseId) {
    return Uni.createFrom().item(true);
  }

  @Override
  public Uni<Set<String>> lockEvidence(
      SqlConnection tx, Scope scope, String caseId, Set<String> evidenceIds) {
    return Multi.createFrom()
        .iterable(evidenceIds)
        .onItem()
        .transformToUniAndConcatenate(evidenceId -> cases.getEvidence(caseId, evidenceId))
        .filter(found -> found.isPresent())
        .map(found -> found.get().evidenceId())
        .collect()
        .asSet();
  }

  @Override
  public Uni<List<Hypothesis>> lockHypotheses(
      SqlConnection tx, Scope scope, String caseId, Set<String> hypothesisIds) {
    return cases
        .listHypotheses(caseId, Set.of())
        .map(
            all ->
                all.stream()
                    .filter(hypothesis -> hypothesisIds.contains(hypothesis.hypothesisId()))
                    .toList());
  }

  @Override
  public Uni<Optional<CaseDocument>> document(Scope scope, String caseId, CaseParts parts) {
    return cases
        .get(caseId)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : offLoop.run(() -> Optional.of(document(found.get(), parts))));
  }

  private CaseDocument document(Case found, CaseParts parts) throws JsonProcessingException {
    Integer last = parts.lastMessages();
    List<CaseMessage> messages = found.messages();
    Case shown =
        found.toBuilder()
            .conversationHistory(parts.history() ? RecentMessage.history(messages) : null)
            .messages(
                last == null || messages.size() <= last
                    ? messages
                    : messages.subList(messages.size() - last, messages.size()))
            .build();
    ObjectNode json = wire.valueToTree(shown);
    for (CaseCollection collection : CaseCollection.values()) {
      if (!parts.has(collection)) {
        json.remove(collection.wireName());
      }
    }
    return new CaseDocument(
        found.caseId(),
        found.userId(),
        found.version(),
        false,
        NO_EPOCH,
        Buffer.buffer(wire.writeValueAsBytes(json)));
  }

  @Override
  public Uni<Optional<CaseHead>> head(Scope scope, String caseId) {
    return cases
        .getHeader(caseId)
        .map(
            found ->
                found.map(
                    header ->
                        new CaseHead(
                            caseId,
                            header.userId(),
                            header.status(),
                            header.version(),
                            false,
                            NO_EPOCH)));
  }

  @Override
  public <T> Uni<Optional<CaseRowsFound<T>>> rows(
      Scope scope, String caseId, Function<CaseRepository, Uni<T>> read) {
    return head(scope, caseId)
        .flatMap(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : read.apply(cases)
                        .map(rows -> Optional.of(new CaseRowsFound<>(found.get(), rows))));
  }

  @Override
  public Uni<Optional<CaseRowsFound<List<ShownRow>>>> shown(
      Scope scope, String caseId, Function<ShownRows, Uni<List<ShownRow>>> read) {
    return rows(scope, caseId, found -> read.apply(new WrittenShownRows(found, wire)));
  }

  @Override
  public Uni<Boolean> addToOwn(
      Scope scope, String caseId, Function<CaseRepository, Uni<Void>> add) {
    return Uni.createFrom().item(false);
  }

  @Override
  public Uni<String> analytics(Scope scope, AnalyticsQuery query) {
    return Uni.createFrom()
        .failure(
            Problem.of(
                501, "backend-cannot-count", "Cases are counted by the backend postgresql alone."));
  }

  @Override
  public Uni<Void> recordAccess(DataAccess access) {
    return database.recordAccess(access);
  }
}
