package com.faultmaven.common.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.artifact.DataType;
import com.faultmaven.common.model.artifact.PreprocessingStatus;
import com.faultmaven.common.model.artifact.UploadedFile;
import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseBuilder;
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
import com.faultmaven.common.model.cases.HypothesisEvaluation;
import com.faultmaven.common.model.cases.HypothesisStatus;
import com.faultmaven.common.model.cases.InvalidStatusTransitionException;
import com.faultmaven.common.model.cases.MessageRole;
import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionCategory;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.StatusTransition;
import com.faultmaven.common.model.cases.ToolCall;
import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link CaseRepository} does. The repository may hold other cases already. */
public abstract class CaseRepositoryContract {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

  /** Numbers come back with all their digits. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  protected abstract CaseRepository repository();

  /** A user who may own cases and has none. */
  protected abstract String newOwner();

  // The aggregate

  @Test
  void givesBackEveryField() {
    Case full = fullCase(newOwner());

    Case saved = await(repository().save(full));

    assertThat(saved).isEqualTo(full.toBuilder().version(1).build());
    assertThat(await(repository().get(full.caseId()))).contains(saved);
    assertThat(await(repository().getHeader(full.caseId()))).contains(saved.header());
  }

  @Test
  void givesBackAnEmptyCase() {
    Case saved = saved(newOwner());

    assertThat(await(repository().get(saved.caseId()))).contains(saved);
    assertThat(await(repository().getHeader(saved.caseId()))).contains(saved);
    assertThat(await(repository().getTransitions(saved.caseId()))).isEmpty();
    assertThat(await(repository().listUploadedFiles(saved.caseId()))).isEmpty();
  }

  @Test
  void keepsHardTextAsItIs() {
    Case hard =
        open(newOwner())
            .title("'; DROP TABLE cases; -- \"quoted\" \\n \\u0041 ${x} $1 ?")
            .description("Zoë 🔥 \t\r\n % _ \u202e \ufffd")
            .problemVerification(
                json(
                    "{\"🔥\":[1,2.5,0.1234567890123456789,-3,true,null,\"\\\\\",\"\\\"\"],\"\":{}}"))
            .consultingData(json("[]"))
            .tags(Set.of("a,b", "{x}", "NULL", "ö"))
            .build();

    await(repository().save(hard));

    assertThat(await(repository().get(hard.caseId())))
        .contains(hard.toBuilder().version(1).build());
  }

  @Test
  void knowsNothingOfStrangers() {
    String stranger = Ids.next();

    assertThat(await(repository().get(stranger))).isEmpty();
    assertThat(await(repository().getHeader(stranger))).isEmpty();
    assertThat(await(repository().update(stranger, null, found -> found))).isEmpty();
    assertThat(await(repository().changeStatus(stranger, null, to(CaseStatus.INVESTIGATING))))
        .isEmpty();
    assertThat(await(repository().delete(stranger))).isFalse();
    assertThat(await(repository().getTags(stranger))).isEmpty();
    assertThat(await(repository().removeTag(stranger, "a"))).isFalse();
    assertThat(await(repository().getTransitions(stranger))).isEmpty();
    assertThat(await(repository().getEvidence(stranger, stranger))).isEmpty();
    assertThat(await(repository().deleteEvidence(stranger, stranger))).isFalse();
    assertThat(await(repository().updateEvidence(stranger, stranger, row -> row))).isEmpty();
    assertThat(await(repository().updateHypothesis(stranger, stranger, row -> row))).isEmpty();
    assertThat(await(repository().updateSolution(stranger, stranger, row -> row))).isEmpty();
    assertThat(await(repository().getUploadedFile(stranger))).isEmpty();
    assertThat(await(repository().deleteUploadedFile(stranger))).isFalse();
    assertThat(
            await(
                repository()
                    .finishToolCall(stranger, stranger, ToolCallStatus.SUCCESS, null, null, NOW)))
        .isEmpty();
  }

  @Test
  void refusesRowsOfACaseThatIsNotThere() {
    String stranger = Ids.next();

    assertMissing("case", repository().addEvidence(List.of(evidence(stranger, 0))));
    assertMissing("case", repository().addMessages(List.of(message(stranger, 0))));
    assertMissing("case", repository().addHypothesis(hypothesis(stranger, 0)));
    assertMissing("case", repository().addSolution(solution(stranger, null)));
    assertMissing("case", repository().addToolCall(call(stranger, 0)));
    assertMissing("case", repository().putUploadedFile(file(stranger, 0)));
    assertMissing("case", repository().addTags(stranger, Set.of("a")));
    assertMissing("case", repository().setTags(stranger, Set.of("a")));
    assertMissing("case", repository().evaluateHypotheses(stranger, Ids.next(), List.of(), NOW));
    assertMissing("case", repository().save(open(newOwner()).version(3).build()));
  }

  @Test
  void refusesIdsThatAreTaken() {
    Case saved = saved(newOwner());
    String id = saved.caseId();
    Evidence evidence = evidence(id, 0);
    CaseMessage message = message(id, 0);
    await(repository().addEvidence(List.of(evidence)));
    await(repository().addMessages(List.of(message)));

    assertTaken("case_id", repository().save(saved.toBuilder().version(0).build()));
    assertTaken("evidence_id", repository().addEvidence(List.of(evidence(id, 1), evidence)));
    assertTaken("message_id", repository().addMessages(List.of(message(id, 1), message)));
    Hypothesis hypothesis = hypothesis(id, 0);
    await(repository().addHypothesis(hypothesis));
    assertTaken("hypothesis_id", repository().addHypothesis(hypothesis));
    Solution solution = solution(id, null);
    await(repository().addSolution(solution));
    assertTaken("solution_id", repository().addSolution(solution));
    ToolCall call = call(id, 0);
    await(repository().addToolCall(call));
    assertTaken("call_id", repository().addToolCall(call));

    // Nothing of the refused batches is there.
    Case found = await(repository().get(id)).orElseThrow();
    assertThat(found.evidence()).containsExactly(evidence);
    assertThat(found.messages()).containsExactly(message);
    assertThat(found.version()).isEqualTo(1);
  }

  @Test
  void savesUnderTheOptimisticLock() {
    Case first = saved(newOwner());

    Case second = await(repository().save(first.toBuilder().title("Second").build()));

    assertThat(second.version()).isEqualTo(2);
    assertThatThrownBy(() -> await(repository().save(first.toBuilder().title("Lost").build())))
        .isInstanceOfSatisfying(
            VersionConflictException.class,
            conflict -> {
              assertThat(conflict.expected()).isEqualTo(1);
              assertThat(conflict.actual()).isEqualTo(2);
            });
    assertThat(await(repository().get(first.caseId()))).contains(second);
  }

  @Test
  void savesNoChangeOfOwnerOrStatus() {
    Case stored = saved(newOwner());
    CaseBuilder investigating = stored.toBuilder().status(CaseStatus.INVESTIGATING);

    assertThatThrownBy(() -> await(repository().save(investigating.build())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                await(
                    repository()
                        .update(stored.caseId(), null, found -> investigating.build().header())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(await(repository().get(stored.caseId()))).contains(stored);
  }

  @Test
  void keepsRowsThatASaveDoesNotBring() {
    Case full = await(repository().save(fullCase(newOwner())));
    Evidence replaced =
        new Evidence(
            full.evidence().getFirst().evidenceId(),
            full.caseId(),
            "new content",
            EvidenceSourceType.OTHER,
            EvidenceForm.USER_INPUT,
            null,
            null,
            null,
            full.evidence().getFirst().createdAt());
    CaseMessage added = message(full.caseId(), 50);
    ToolCall finished =
        full.toolCalls().stream().filter(c -> c.status().isTerminal()).findFirst().orElseThrow();
    ToolCall pending =
        full.toolCalls().stream().filter(c -> !c.status().isTerminal()).findFirst().orElseThrow();

    await(
        repository()
            .save(
                full.header().toBuilder()
                    .title("Saved again")
                    .tags(Set.of("only"))
                    .evidence(List.of(replaced))
                    .messages(List.of(added))
                    .toolCalls(
                        List.of(
                            withOutput(finished, "{\"forged\":true}"),
                            pending.finish(ToolCallStatus.FAILED, null, "gave up", NOW)))
                    .statusTransitions(
                        full.statusTransitions().stream().map(row -> forged(row)).toList())
                    .build()));

    Case found = await(repository().get(full.caseId())).orElseThrow();
    assertThat(found.title()).isEqualTo("Saved again");
    assertThat(found.version()).isEqualTo(2);
    assertThat(found.tags()).containsExactly("only");
    assertThat(found.evidence()).containsExactly(replaced, full.evidence().get(1));
    assertThat(found.messages()).hasSize(3).endsWith(added);
    assertThat(found.hypotheses()).isEqualTo(full.hypotheses());
    assertThat(found.solutions()).isEqualTo(full.solutions());
    assertThat(found.statusTransitions()).isEqualTo(full.statusTransitions());
    assertThat(found.toolCalls()).contains(finished);
    assertThat(found.toolCalls())
        .filteredOn(row -> row.callId().equals(pending.callId()))
        .allMatch(row -> row.status() == ToolCallStatus.FAILED);
  }

  @Test
  void refusesASaveWholly() {
    Case stored = saved(newOwner());
    Case broken =
        stored.toBuilder()
            .title("Never seen")
            .tags(Set.of("never"))
            .evidence(List.of(evidence(stored.caseId(), 0)))
            .solutions(List.of(solution(stored.caseId(), Ids.next())))
            .build();

    assertMissing("hypothesis", repository().save(broken));

    assertThat(await(repository().get(stored.caseId()))).contains(stored);
  }

  @Test
  void updatesTheHeaderAlone() {
    Case full = await(repository().save(fullCase(newOwner())));

    Case updated =
        await(
                repository()
                    .update(
                        full.caseId(),
                        1L,
                        found -> found.toBuilder().title("T").tags(Set.of("z", "a")).build()))
            .orElseThrow();

    Case expected = full.toBuilder().title("T").tags(Set.of("z", "a")).version(2).build();
    assertThat(updated).isEqualTo(expected.header());
    assertThat(await(repository().get(full.caseId()))).contains(expected);
    assertThatThrownBy(() -> await(repository().update(full.caseId(), 1L, found -> found)))
        .isInstanceOf(VersionConflictException.class);
    assertThatThrownBy(
            () ->
                await(
                    repository()
                        .update(
                            full.caseId(),
                            null,
                            found -> {
                              throw new IllegalStateException("no");
                            })))
        .isInstanceOf(IllegalStateException.class);
    assertThat(await(repository().get(full.caseId()))).contains(expected);
  }

  @Test
  void losesNoUpdateOfConcurrentWriters() {
    Case stored = saved(open(newOwner()).title("0"));

    List<Uni<Void>> writers =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    repository()
                        .update(
                            stored.caseId(),
                            null,
                            found ->
                                found.toBuilder()
                                    .title(Integer.toString(Integer.parseInt(found.title()) + 1))
                                    .tags(with(found.tags(), "t" + i))
                                    .build())
                        .replaceWithVoid())
            .toList();
    await(Uni.join().all(writers).usingConcurrencyOf(8).andFailFast());

    Case found = await(repository().getHeader(stored.caseId())).orElseThrow();
    assertThat(found.title()).isEqualTo("20");
    assertThat(found.version()).isEqualTo(21);
    assertThat(found.tags()).hasSize(20);
  }

  @Test
  void losesNoRowOfConcurrentWriters() {
    String id = saved(newOwner()).caseId();
    Hypothesis hypothesis = hypothesis(id, 0);
    await(repository().addHypothesis(hypothesis));

    List<Uni<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Evidence evidence = evidence(id, i);
      String tag = "tag" + i;
      writers.add(
          repository()
              .addEvidence(List.of(evidence))
              .chain(
                  () ->
                      repository()
                          .updateHypothesis(
                              id,
                              hypothesis.hypothesisId(),
                              row ->
                                  row.addEvidenceLink(
                                      evidence.evidenceId(), EvidenceRelationship.SUPPORTS, NOW)))
              .replaceWithVoid());
      writers.add(repository().addMessages(List.of(message(id, i))));
      writers.add(repository().addTags(id, Set.of(tag)).replaceWithVoid());
      writers.add(
          repository()
              .update(id, null, row -> row.toBuilder().currentPhase(tag).build())
              .replaceWithVoid());
    }
    await(Uni.join().all(writers).usingConcurrencyOf(8).andFailFast());

    Case found = await(repository().get(id)).orElseThrow();
    assertThat(found.evidence()).hasSize(12);
    assertThat(found.messages()).hasSize(12);
    assertThat(found.tags()).hasSize(12);
    assertThat(found.hypotheses().getFirst().evidenceLinks()).hasSize(12);
    assertThat(found.version()).isEqualTo(13);
  }

  @Test
  void deletesACaseWithAllItsRows() {
    Case full = await(repository().save(fullCase(newOwner())));
    UploadedFile file = file(full.caseId(), 0);
    await(repository().putUploadedFile(file));

    assertThat(await(repository().delete(full.caseId()))).isTrue();

    assertThat(await(repository().delete(full.caseId()))).isFalse();
    assertThat(await(repository().get(full.caseId()))).isEmpty();
    assertThat(await(repository().getTransitions(full.caseId()))).isEmpty();
    assertThat(await(repository().getTags(full.caseId()))).isEmpty();
    assertThat(await(repository().listToolCalls(full.caseId(), calls(10)))).isEmpty();
    assertThat(await(repository().listEvidence(full.caseId(), EvidenceQuery.all(10)))).isEmpty();
    assertThat(await(repository().getUploadedFile(file.fileId()))).isEmpty();
    assertThat(await(repository().find(CaseQuery.ofUser(full.userId(), 10)))).isEmpty();
    // The ids are free again.
    assertThat(await(repository().save(full.toBuilder().version(0).build()))).isEqualTo(full);
  }

  // Status

  @Test
  void writesAnAuditRowForEachStatus() {
    Case opened = saved(newOwner());
    StatusChange first = to(CaseStatus.INVESTIGATING);
    StatusChange second = ending(CaseStatus.RESOLVED, ClosureReason.RESOLVED);

    Case investigating = await(repository().changeStatus(opened.caseId(), 1L, first)).orElseThrow();
    Case resolved = await(repository().changeStatus(opened.caseId(), null, second)).orElseThrow();

    assertThat(investigating.status()).isEqualTo(CaseStatus.INVESTIGATING);
    assertThat(investigating.version()).isEqualTo(2);
    assertThat(resolved.status()).isEqualTo(CaseStatus.RESOLVED);
    assertThat(resolved.closureReason()).isEqualTo(ClosureReason.RESOLVED);
    assertThat(resolved.resolvedAt()).isEqualTo(second.at());
    assertThat(resolved.version()).isEqualTo(3);
    List<StatusTransition> trail =
        List.of(
            first.from(opened.caseId(), CaseStatus.CONSULTING),
            second.from(opened.caseId(), CaseStatus.INVESTIGATING));
    assertThat(await(repository().getTransitions(opened.caseId()))).isEqualTo(trail);
    assertThat(await(repository().get(opened.caseId())))
        .contains(resolved.toBuilder().statusTransitions(trail).build());
  }

  @Test
  void refusesAForbiddenStatusWithoutATrace() {
    Case opened = saved(newOwner());

    assertThatThrownBy(
            () ->
                await(
                    repository()
                        .changeStatus(
                            opened.caseId(),
                            null,
                            ending(CaseStatus.RESOLVED, ClosureReason.RESOLVED))))
        .isInstanceOf(InvalidStatusTransitionException.class);
    assertThatThrownBy(
            () ->
                await(repository().changeStatus(opened.caseId(), 7L, to(CaseStatus.INVESTIGATING))))
        .isInstanceOf(VersionConflictException.class);

    assertThat(await(repository().get(opened.caseId()))).contains(opened);
  }

  @Test
  void letsOneOfTwoConcurrentChangesWin() {
    Case opened = saved(newOwner());

    List<Uni<Boolean>> changes =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    repository()
                        .changeStatus(opened.caseId(), 1L, to(CaseStatus.INVESTIGATING))
                        .map(found -> true)
                        .onFailure(VersionConflictException.class)
                        .recoverWithItem(false))
            .toList();
    List<Boolean> won = await(Uni.join().all(changes).andCollectFailures());

    assertThat(won).containsOnlyOnce(true);
    assertThat(await(repository().getTransitions(opened.caseId()))).hasSize(1);
  }

  // Lists

  @Test
  void listsTheCasesOfAUserNewestFirst() {
    String owner = newOwner();
    saved(newOwner());
    List<Case> cases =
        IntStream.range(0, 5)
            .mapToObj(
                i ->
                    saved(
                        Case.open(Ids.next(), owner, "Case " + i, NOW.plusSeconds(i / 2))
                            .updatedAt(NOW.plusSeconds(100 - i))))
            .toList();
    List<Case> newestFirst =
        List.of(cases.get(4), cases.get(3), cases.get(2), cases.get(1), cases.get(0));

    assertThat(await(repository().findByUser(owner))).isEqualTo(newestFirst);
    CaseQuery two = CaseQuery.ofUser(owner, 2);
    List<Case> page = await(repository().find(two));
    assertThat(page).isEqualTo(newestFirst.subList(0, 2));
    page = await(repository().find(two.after(place(page.getLast()))));
    assertThat(page).isEqualTo(newestFirst.subList(2, 4));
    page = await(repository().find(two.after(place(page.getLast()))));
    assertThat(page).isEqualTo(newestFirst.subList(4, 5));
    CaseQuery oldestFirst =
        new CaseQuery(owner, Set.of(), null, null, CaseQuery.Order.CREATED, false, null, 2);
    page = await(repository().find(oldestFirst));
    assertThat(page).isEqualTo(newestFirst.reversed().subList(0, 2));
    page = await(repository().find(oldestFirst.after(place(page.getLast()))));
    assertThat(page).isEqualTo(newestFirst.reversed().subList(2, 4));
    assertThat(
            await(
                repository()
                    .find(
                        new CaseQuery(
                            owner,
                            Set.of(),
                            null,
                            NOW.plusSeconds(98),
                            CaseQuery.Order.UPDATED,
                            null,
                            10))))
        .isEqualTo(cases.subList(0, 3));
  }

  @Test
  void narrowsListsByStatusTagAndTime() {
    String owner = newOwner();
    Case consulting = saved(open(owner).tags(Set.of("db", "net")));
    Case investigating = saved(open(owner).status(CaseStatus.INVESTIGATING).tags(Set.of("db")));
    Case archived = saved(open(owner).archivedAt(NOW));
    Case closed =
        saved(open(owner).status(CaseStatus.CLOSED).closureReason(ClosureReason.DUPLICATE));

    CaseQuery all = CaseQuery.ofUser(owner, 10);
    assertThat(
            await(
                repository()
                    .find(all.withStatuses(Set.of(CaseStatus.CLOSED, CaseStatus.RESOLVED)))))
        .containsExactly(closed);
    assertThat(await(repository().find(tagged(owner, "db"))))
        .containsExactlyInAnyOrder(consulting, investigating);
    assertThat(await(repository().find(tagged(owner, "net")))).containsExactly(consulting);
    assertThat(await(repository().find(tagged(null, "no-" + owner)))).isEmpty();
    assertThat(await(repository().listActive(owner)))
        .containsExactlyInAnyOrder(consulting, investigating)
        .doesNotContain(archived);
  }

  @Test
  void findsCasesByTheWordsOfAllTheirTexts() {
    String owner = newOwner();
    String word = "zq" + Ids.next().substring(24);
    Case byTitle = saved(open(owner).title("Outage of " + word).description("Elsewhere"));
    Case byEvidence = saved(open(owner).title("Latency climbs").tags(Set.of("slow")));
    await(
        repository()
            .addEvidence(
                List.of(
                    text(byEvidence.caseId(), "Checkout waits for " + word, "Pool exhausted"))));
    saved(open(owner).title("Nothing of the kind"));
    Case foreign = saved(open(newOwner()).title("Outage of " + word));

    Page<CaseHit> found = await(repository().search(search(word, owner)));

    assertThat(found.total()).isEqualTo(2);
    assertThat(found.items())
        .extracting(hit -> hit.found().caseId())
        .containsExactlyInAnyOrder(byTitle.caseId(), byEvidence.caseId());
    assertThat(found.items())
        .allSatisfy(
            hit -> {
              assertThat(hit.highlights()).isNotEmpty();
              assertThat(hit.highlights()).allMatch(passage -> passage.contains(word));
            });
    // One word in the title, the other one in the evidence.
    assertThat(await(repository().search(search(word + " LATENCY exhausted", owner))).items())
        .extracting(CaseHit::found)
        .containsExactly(byEvidence);
    assertThat(await(repository().search(search(word + " unheard" + word, owner))).total())
        .isZero();
    assertThat(await(repository().search(search(word, null))).items())
        .extracting(hit -> hit.found().caseId())
        .contains(foreign.caseId());
    assertThat(
            await(
                    repository()
                        .search(
                            new CaseSearch(
                                word,
                                null,
                                Set.of(CaseStatus.CONSULTING),
                                "slow",
                                new PageRequest(10, 0))))
                .items())
        .extracting(CaseHit::found)
        .containsExactly(byEvidence);
  }

  @Test
  void pagesThroughHitsWithTheTotal() {
    String owner = newOwner();
    for (int i = 0; i < 5; i++) {
      saved(open(owner).title("Replica lag " + i));
    }

    Page<CaseHit> last =
        await(
            repository()
                .search(new CaseSearch("replica", owner, Set.of(), null, new PageRequest(2, 4))));
    Page<CaseHit> beyond =
        await(
            repository()
                .search(new CaseSearch("replica", owner, Set.of(), null, new PageRequest(2, 40))));

    assertThat(last.items()).hasSize(1);
    assertThat(last.total()).isEqualTo(5);
    assertThat(beyond.items()).isEmpty();
    assertThat(beyond.total()).isEqualTo(5);
    // Signs of a query language are plain text.
    assertThat(await(repository().search(search("replica & | ! ( ':*\\", owner))).total())
        .isEqualTo(5);
  }

  // Tags

  @Test
  void addsReplacesRemovesAndCountsTags() {
    String owner = newOwner();
    String first = saved(open(owner).tags(Set.of("b"))).caseId();
    String second = saved(open(owner)).caseId();

    assertThat(await(repository().addTags(first, Set.of("c", "a", "b"))))
        .containsExactly("a", "b", "c");
    assertThat(await(repository().setTags(second, Set.of("b", "B")))).containsExactly("B", "b");
    assertThat(await(repository().countTags(owner)))
        .containsExactlyEntriesOf(new TreeMap<>(Map.of("B", 1L, "a", 1L, "b", 2L, "c", 1L)));
    assertThat(await(repository().removeTag(first, "b"))).isTrue();
    assertThat(await(repository().removeTag(first, "b"))).isFalse();
    assertThat(await(repository().getTags(first))).containsExactly("a", "c");
    assertThat(await(repository().setTags(first, Set.of()))).isEmpty();
    assertThat(await(repository().getTags(first))).isEmpty();
    assertThat(await(repository().getHeader(first)).orElseThrow().version()).isEqualTo(1);
  }

  // Evidence

  @Test
  void listsEvidenceNewestFirstByWhatItIs() {
    String id = saved(newOwner()).caseId();
    List<Evidence> all = IntStream.range(0, 5).mapToObj(i -> evidence(id, i)).toList();
    Evidence metrics =
        new Evidence(
            Ids.next(),
            id,
            "cpu",
            EvidenceSourceType.METRICS_DATA,
            EvidenceForm.USER_INPUT,
            null,
            "Processor saturated",
            json("{\"file_id\":\"f\"}"),
            NOW.plusSeconds(60));
    List<Evidence> given = new ArrayList<>(all);
    given.add(metrics);

    await(repository().addEvidence(given));

    List<Evidence> newestFirst = given.reversed();
    assertThat(await(repository().listEvidence(id, EvidenceQuery.all(10)))).isEqualTo(newestFirst);
    assertThat(await(repository().getEvidence(id, metrics.evidenceId()))).contains(metrics);
    assertThat(await(repository().getEvidence(Ids.next(), metrics.evidenceId()))).isEmpty();
    assertThat(await(repository().getEvidenceByType(id, EvidenceSourceType.METRICS_DATA)))
        .containsExactly(metrics);
    assertThat(list(id, EvidenceForm.USER_INPUT, null, null)).containsExactly(metrics);
    assertThat(list(id, null, NOW.plusSeconds(4), null)).containsExactly(metrics, all.getLast());
    assertThat(list(id, null, null, "PROCESSOR cpu")).containsExactly(metrics);
    assertThat(list(id, null, null, "processor unknown")).isEmpty();
    Cursor third = new Cursor(all.get(3).createdAt(), all.get(3).evidenceId());
    assertThat(
            await(
                repository().listEvidence(id, new EvidenceQuery(null, null, null, null, third, 2))))
        .containsExactly(all.get(2), all.get(1));
    EvidenceQuery oldestFirst = new EvidenceQuery(null, null, null, null, false, third, 2);
    assertThat(await(repository().listEvidence(id, oldestFirst))).isEqualTo(given.subList(4, 6));
  }

  @Test
  void removesLinksWithTheEvidence() {
    String id = saved(newOwner()).caseId();
    Evidence gone = evidence(id, 0);
    Evidence stays = evidence(id, 1);
    await(repository().addEvidence(List.of(gone, stays)));
    Hypothesis linked =
        hypothesis(id, 0)
            .addEvidenceLink(gone.evidenceId(), EvidenceRelationship.REFUTES, NOW)
            .addEvidenceLink(stays.evidenceId(), EvidenceRelationship.NEUTRAL, NOW);
    await(repository().addHypothesis(linked));

    assertThat(await(repository().deleteEvidence(id, gone.evidenceId()))).isTrue();

    assertThat(await(repository().deleteEvidence(id, gone.evidenceId()))).isFalse();
    assertThat(
            await(repository().getHypothesis(id, linked.hypothesisId()))
                .orElseThrow()
                .evidenceLinks())
        .containsExactly(new EvidenceLink(stays.evidenceId(), EvidenceRelationship.NEUTRAL));
  }

  @Test
  void updatesOnePieceOfEvidence() {
    String id = saved(newOwner()).caseId();
    Evidence stored = evidence(id, 0);
    await(repository().addEvidence(List.of(stored, evidence(id, 1))));
    Evidence changed = text(id, "Another content", null);
    Evidence expected =
        new Evidence(
            stored.evidenceId(),
            id,
            changed.content(),
            changed.sourceType(),
            changed.form(),
            null,
            null,
            null,
            stored.createdAt());

    assertThat(await(repository().updateEvidence(id, stored.evidenceId(), row -> expected)))
        .contains(expected);

    assertThat(await(repository().getEvidence(id, stored.evidenceId()))).contains(expected);
    assertThat(list(id, null, null, "another")).containsExactly(expected);
  }

  // Hypotheses and solutions

  @Test
  void listsHypothesesOldestFirstByStatus() {
    String id = saved(newOwner()).caseId();
    List<Hypothesis> all = IntStream.range(0, 3).mapToObj(i -> hypothesis(id, i)).toList();
    all.reversed().forEach(row -> await(repository().addHypothesis(row)));
    Hypothesis validated =
        await(
                repository()
                    .updateHypothesis(
                        id,
                        all.get(1).hypothesisId(),
                        row -> row.withStatus(HypothesisStatus.VALIDATED, "Seen", NOW)))
            .orElseThrow();

    assertThat(await(repository().listHypotheses(id, Set.of())))
        .containsExactly(all.get(0), validated, all.get(2));
    assertThat(await(repository().getActiveHypotheses(id))).containsExactly(all.get(0), all.get(2));
    assertThat(await(repository().listHypotheses(id, Set.of(HypothesisStatus.VALIDATED))))
        .containsExactly(validated);
  }

  @Test
  void evaluatesHypothesesTogetherOrNotAtAll() {
    String id = saved(newOwner()).caseId();
    Evidence evidence = evidence(id, 0);
    Hypothesis first = hypothesis(id, 0);
    Hypothesis second = hypothesis(id, 1);
    await(repository().addEvidence(List.of(evidence)));
    await(repository().addHypothesis(first));
    await(repository().addHypothesis(second));
    List<HypothesisEvaluation> evaluations =
        List.of(
            evaluation(second, HypothesisStatus.VALIDATED, EvidenceRelationship.SUPPORTS),
            evaluation(first, HypothesisStatus.INVALIDATED, EvidenceRelationship.REFUTES));

    assertMissing("evidence", repository().evaluateHypotheses(id, Ids.next(), evaluations, NOW));
    assertMissing(
        "hypothesis",
        repository()
            .evaluateHypotheses(
                id,
                evidence.evidenceId(),
                List.of(
                    evaluations.getFirst(),
                    new HypothesisEvaluation(
                        Ids.next(), HypothesisStatus.TESTING, EvidenceRelationship.NEUTRAL, null)),
                NOW));
    assertThat(await(repository().listHypotheses(id, Set.of()))).containsExactly(first, second);

    List<Hypothesis> evaluated =
        await(
            repository()
                .evaluateHypotheses(id, evidence.evidenceId(), evaluations, NOW.plusSeconds(9)));

    assertThat(evaluated)
        .extracting(Hypothesis::hypothesisId)
        .containsExactly(second.hypothesisId(), first.hypothesisId());
    assertThat(evaluated.getFirst().status()).isEqualTo(HypothesisStatus.VALIDATED);
    assertThat(evaluated.getFirst().updatedAt()).isEqualTo(NOW.plusSeconds(9));
    assertThat(await(repository().listHypotheses(id, Set.of()))).isEqualTo(evaluated.reversed());
  }

  @Test
  void movesSolutionsThroughTheirStatuses() {
    String id = saved(newOwner()).caseId();
    Hypothesis hypothesis = hypothesis(id, 0);
    await(repository().addHypothesis(hypothesis));
    Solution solution = solution(id, hypothesis.hypothesisId());

    assertMissing("hypothesis", repository().addSolution(solution(id, Ids.next())));
    String other = saved(newOwner()).caseId();
    assertMissing(
        "hypothesis", repository().addSolution(solution(other, hypothesis.hypothesisId())));
    await(repository().addSolution(solution));
    assertThatThrownBy(
            () ->
                await(
                    repository()
                        .updateSolution(
                            id,
                            solution.solutionId(),
                            row -> row.withStatus(SolutionStatus.APPLIED, null, NOW))))
        .isInstanceOf(InvalidStatusTransitionException.class);
    Solution applied =
        await(
                repository()
                    .updateSolution(
                        id,
                        solution.solutionId(),
                        row ->
                            row.withStatus(SolutionStatus.APPLYING, null, NOW)
                                .withStatus(SolutionStatus.APPLIED, "Quiet", NOW)))
            .orElseThrow();

    assertThat(applied.appliedAt()).isEqualTo(NOW);
    assertThat(await(repository().getSolution(id, solution.solutionId()))).contains(applied);
    assertThat(await(repository().listSolutions(id, Set.of()))).containsExactly(applied);
    assertThat(await(repository().listSolutions(id, Set.of(SolutionStatus.PROPOSED)))).isEmpty();
    assertThat(await(repository().listSolutions(other, Set.of()))).isEmpty();
  }

  // Conversation and tool calls

  @Test
  void readsTheConversationInBothDirections() {
    String id = saved(newOwner()).caseId();
    List<CaseMessage> thread = IntStream.range(0, 5).mapToObj(i -> message(id, i)).toList();

    await(repository().addMessages(thread.reversed()));

    assertThat(await(repository().getConversationThread(id, MessageQuery.thread(10))))
        .isEqualTo(thread);
    assertThat(thread(id, null, false, thread.get(1), 2)).isEqualTo(thread.subList(2, 4));
    assertThat(thread(id, null, true, thread.get(3), 2))
        .containsExactly(thread.get(2), thread.get(1));
    assertThat(thread(id, MessageType.AGENT_RESPONSE, false, null, 10))
        .containsExactly(thread.get(1), thread.get(3));
    assertThat(thread(id, MessageType.SYSTEM_EVENT, true, null, 10)).isEmpty();
  }

  @Test
  void finishesAToolCallOnce() {
    String id = saved(newOwner()).caseId();
    ToolCall first = call(id, 0);
    ToolCall second = call(id, 1);
    await(repository().addToolCall(first));
    await(repository().addToolCall(second));

    ToolCall finished =
        await(
                repository()
                    .finishToolCall(
                        id,
                        first.callId(),
                        ToolCallStatus.SUCCESS,
                        json("{\"rows\":[1]}"),
                        null,
                        NOW.plusSeconds(30)))
            .orElseThrow();

    assertThat(finished.outputResult()).isEqualTo(json("{\"rows\":[1]}"));
    assertThatThrownBy(
            () ->
                await(
                    repository()
                        .finishToolCall(
                            id, first.callId(), ToolCallStatus.FAILED, null, "late", NOW)))
        .isInstanceOf(InvalidStatusTransitionException.class);
    assertThat(await(repository().listToolCalls(id, calls(10)))).containsExactly(second, finished);
    assertThat(
            await(
                repository()
                    .listToolCalls(
                        id, new ToolCallQuery("tool1", ToolCallStatus.PENDING, null, 10))))
        .containsExactly(second);
    assertThat(
            await(
                repository()
                    .listToolCalls(
                        id,
                        new ToolCallQuery(
                            null, null, new Cursor(second.calledAt(), second.callId()), 10))))
        .containsExactly(finished);
  }

  // Files

  @Test
  void replacesAFilesMetadata() {
    String id = saved(newOwner()).caseId();
    UploadedFile older = file(id, 0);
    UploadedFile newer = file(id, 1);
    UploadedFile processed =
        new UploadedFile(
            older.fileId(),
            id,
            older.filename(),
            DataType.SOURCE_CODE,
            older.sizeBytes(),
            older.s3Key(),
            PreprocessingStatus.COMPLETED,
            "Summary",
            older.uploadedAt(),
            NOW.plusSeconds(99));

    await(repository().putUploadedFile(older));
    await(repository().putUploadedFile(newer));
    await(repository().putUploadedFile(processed));

    assertThat(await(repository().listUploadedFiles(id))).containsExactly(newer, processed);
    assertThat(await(repository().getUploadedFile(older.fileId()))).contains(processed);
    assertThat(await(repository().get(id)).orElseThrow().uploadedFiles())
        .containsExactly(newer, processed);
    assertThat(await(repository().deleteUploadedFile(older.fileId()))).isTrue();
    assertThat(await(repository().deleteUploadedFile(older.fileId()))).isFalse();
    assertThat(await(repository().listUploadedFiles(id))).containsExactly(newer);
  }

  // Rows

  private Case saved(String owner) {
    return saved(open(owner));
  }

  private Case saved(CaseBuilder builder) {
    return await(repository().save(builder.build()));
  }

  private static CaseBuilder open(String owner) {
    return Case.open(Ids.next(), owner, "Checkout fails", NOW);
  }

  private static Case fullCase(String owner) {
    String id = Ids.next();
    Evidence first = evidence(id, 0);
    Hypothesis hypothesis =
        hypothesis(id, 0)
            .addEvidenceLink(first.evidenceId(), EvidenceRelationship.SUPPORTS, NOW.plusMillis(1));
    return Case.open(id, owner, "Checkout fails", NOW)
        .status(CaseStatus.RESOLVED)
        .closureReason(ClosureReason.RESOLVED)
        .description("Orders time out since noon")
        .currentPhase("diagnosis")
        .investigationStrategy("bisect")
        .investigationProgress(json("{\"milestones\":[1,2]}"))
        .consultingData(json("{\"a\":\"b\"}"))
        .problemVerification(json("{\"symptoms\":[\"timeouts\"]}"))
        .workingConclusion(json("{\"c\":0.5}"))
        .rootCauseConclusion(json("{\"cause\":\"pool\"}"))
        .degradedMode(json("{\"d\":true}"))
        .escalationState(json("{\"e\":[]}"))
        .documentationData(json("{\"f\":{}}"))
        .pathSelection(json("{\"g\":1}"))
        .conversationHistory(json("[{\"h\":1}]"))
        .turnProgress(json("{\"i\":9007199254740993}"))
        .updatedAt(NOW.plusMillis(1))
        .resolvedAt(NOW.plusMillis(2))
        .archivedAt(NOW.plusMillis(3))
        .tags(Set.of("payments", "db"))
        .evidence(List.of(evidence(id, 1), first))
        .hypotheses(List.of(hypothesis, hypothesis(id, 1)))
        .solutions(List.of(solution(id, hypothesis.hypothesisId())))
        .messages(List.of(message(id, 0), message(id, 1)))
        .statusTransitions(
            List.of(
                to(CaseStatus.INVESTIGATING).from(id, CaseStatus.CONSULTING),
                ending(CaseStatus.RESOLVED, ClosureReason.RESOLVED)
                    .from(id, CaseStatus.INVESTIGATING)))
        .toolCalls(
            List.of(
                call(id, 1).finish(ToolCallStatus.SUCCESS, json("{\"o\":1}"), null, NOW),
                call(id, 0)))
        .build();
  }

  private static Evidence evidence(String caseId, int i) {
    return new Evidence(
        Ids.next(),
        caseId,
        "ERROR pool exhausted " + i,
        EvidenceSourceType.LOG_FILE,
        EvidenceForm.DOCUMENT,
        "artifacts/c/f/" + i,
        "Summary " + i,
        json("{\"n\":" + i + "}"),
        NOW.plusSeconds(i));
  }

  private static Evidence text(String caseId, String content, @Nullable String summary) {
    return new Evidence(
        Ids.next(),
        caseId,
        content,
        EvidenceSourceType.USER_OBSERVATION,
        EvidenceForm.USER_INPUT,
        null,
        summary,
        null,
        NOW);
  }

  private static Hypothesis hypothesis(String caseId, int i) {
    return new Hypothesis(
        Ids.next(),
        caseId,
        "Supposition " + i,
        HypothesisStatus.EXPLORING,
        i == 0 ? ConfidenceLevel.PROBABLE : null,
        i == 0 ? "Because" : null,
        List.of(),
        NOW.plusSeconds(i),
        NOW.plusSeconds(i));
  }

  private static HypothesisEvaluation evaluation(
      Hypothesis row, HypothesisStatus status, EvidenceRelationship relationship) {
    return new HypothesisEvaluation(row.hypothesisId(), status, relationship, "Measured");
  }

  private static Solution solution(String caseId, @Nullable String hypothesisId) {
    return new Solution(
        Ids.next(),
        caseId,
        "Raise the limit",
        SolutionCategory.MITIGATION,
        SolutionStatus.PROPOSED,
        hypothesisId,
        List.of("edit", "restart"),
        List.of("no errors"),
        null,
        NOW,
        null);
  }

  private static CaseMessage message(String caseId, int i) {
    return new CaseMessage(
        Ids.next(),
        caseId,
        i % 2 == 0 ? MessageType.USER_QUERY : MessageType.AGENT_RESPONSE,
        i % 2 == 0 ? MessageRole.USER : MessageRole.ASSISTANT,
        "Message " + i,
        i == 0 ? null : json("{\"turn\":" + i + "}"),
        NOW.plusSeconds(i));
  }

  private static ToolCall call(String caseId, int i) {
    return new ToolCall(
        Ids.next(),
        caseId,
        "tool" + i,
        json("{\"q\":" + i + "}"),
        null,
        ToolCallStatus.PENDING,
        null,
        NOW.plusSeconds(i),
        null);
  }

  private static ToolCall withOutput(ToolCall call, String output) {
    return new ToolCall(
        call.callId(),
        call.caseId(),
        call.toolName(),
        call.inputParams(),
        json(output),
        call.status(),
        call.errorMessage(),
        call.calledAt(),
        call.completedAt());
  }

  private static StatusTransition forged(StatusTransition row) {
    return new StatusTransition(
        row.transitionId(),
        row.caseId(),
        row.fromStatus(),
        row.toStatus(),
        row.triggeredAt(),
        "somebody else",
        "forged");
  }

  private static UploadedFile file(String caseId, int i) {
    return new UploadedFile(
        Ids.next(),
        caseId,
        "app " + i + ".log",
        DataType.LOGS_AND_ERRORS,
        10_485_760,
        "artifacts/c/f/" + i,
        PreprocessingStatus.PENDING,
        null,
        NOW.plusSeconds(i),
        null);
  }

  // Questions

  private List<Evidence> list(
      String caseId, @Nullable EvidenceForm form, @Nullable Instant since, @Nullable String text) {
    return await(
        repository().listEvidence(caseId, new EvidenceQuery(null, form, since, text, null, 10)));
  }

  private List<CaseMessage> thread(
      String caseId,
      @Nullable MessageType type,
      boolean newestFirst,
      @Nullable CaseMessage after,
      int limit) {
    Cursor place = after == null ? null : new Cursor(after.createdAt(), after.messageId());
    return await(
        repository()
            .getConversationThread(caseId, new MessageQuery(type, newestFirst, place, limit)));
  }

  private static ToolCallQuery calls(int limit) {
    return new ToolCallQuery(null, null, null, limit);
  }

  private static CaseQuery tagged(@Nullable String owner, String tag) {
    return new CaseQuery(owner, Set.of(), tag, null, CaseQuery.Order.CREATED, null, 10);
  }

  private static CaseSearch search(String text, @Nullable String owner) {
    return new CaseSearch(text, owner, Set.of(), null, new PageRequest(50, 0));
  }

  private static Cursor place(Case found) {
    return new Cursor(found.createdAt(), found.caseId());
  }

  private static StatusChange to(CaseStatus status) {
    return new StatusChange(Ids.next(), status, null, "Enough known", "u1", NOW.plusSeconds(1));
  }

  private static StatusChange ending(CaseStatus status, ClosureReason reason) {
    return new StatusChange(Ids.next(), status, reason, "It works", "system", NOW.plusSeconds(2));
  }

  private static Set<String> with(Set<String> tags, String added) {
    Set<String> all = new HashSet<>(tags);
    all.add(added);
    return all;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static void assertMissing(String what, Uni<?> write) {
    assertThatThrownBy(() -> await(write))
        .isInstanceOfSatisfying(
            MissingRowException.class, missing -> assertThat(missing.what()).isEqualTo(what));
  }

  private static void assertTaken(String field, Uni<?> write) {
    assertThatThrownBy(() -> await(write))
        .isInstanceOfSatisfying(
            DuplicateKeyException.class, taken -> assertThat(taken.field()).isEqualTo(field));
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(20));
  }
}
