package com.faultmaven.cases.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.ClosureReason;
import com.faultmaven.common.model.cases.InvalidStatusTransitionException;
import com.faultmaven.common.model.cases.Solution;
import com.faultmaven.common.model.cases.SolutionCategory;
import com.faultmaven.common.model.cases.SolutionStatus;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.model.cases.StatusTransition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;

/** The status machines of decisions, section 3, under arbitrary wishes. */
class StatusMachineTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final Map<CaseStatus, Set<CaseStatus>> STEPS =
      Map.of(
          CaseStatus.CONSULTING, Set.of(CaseStatus.INVESTIGATING, CaseStatus.CLOSED),
          CaseStatus.INVESTIGATING, Set.of(CaseStatus.RESOLVED, CaseStatus.CLOSED),
          CaseStatus.RESOLVED, Set.of(),
          CaseStatus.CLOSED, Set.of());

  record Wish(CaseStatus to, @Nullable ClosureReason reason) {}

  @Property
  void aCaseOnlyTakesStepsOfTheMachine(
      @ForAll @Size(max = 12) List<CaseStatus> wishes,
      @ForAll @Size(12) List<@WithNull ClosureReason> reasons) {
    Case current = Case.open("c", "u", "t", NOW).build();
    for (int i = 0; i < wishes.size(); i++) {
      Wish wish = new Wish(wishes.get(i), reasons.get(i));
      Case before = current;
      current = attempt(before, wish, i);

      boolean stepped = current.status() != before.status();
      assertThat(stepped).isEqualTo(isAllowed(before, wish));
      assertThat(current.statusTransitions())
          .hasSize(before.statusTransitions().size() + (stepped ? 1 : 0));
    }
    assertThat(isChain(current)).isTrue();
    assertThat(current.closureReason() != null).isEqualTo(current.status().isTerminal());
    assertThat(current.resolvedAt() != null).isEqualTo(current.status() == CaseStatus.RESOLVED);
  }

  private static Case attempt(Case before, Wish wish, int i) {
    try {
      return before.withStatus(
          new StatusChange("t" + i, wish.to(), wish.reason(), "because", "u", NOW));
    } catch (InvalidStatusTransitionException refused) {
      assertThat(refused.from()).isEqualTo(before.status().wireName());
      assertThat(refused.to()).isEqualTo(wish.to().wireName());
      return before;
    }
  }

  private static boolean isAllowed(Case before, Wish wish) {
    if (!STEPS.getOrDefault(before.status(), Set.of()).contains(wish.to())) {
      return false;
    }
    return switch (wish.to()) {
      case CONSULTING, INVESTIGATING -> wish.reason() == null;
      case RESOLVED -> wish.reason() == ClosureReason.RESOLVED;
      case CLOSED ->
          wish.reason() != null
              && wish.reason() != ClosureReason.RESOLVED
              && (wish.reason() != ClosureReason.CONSULTING_ONLY
                  || before.status() == CaseStatus.CONSULTING);
    };
  }

  private static boolean isChain(Case walked) {
    CaseStatus at = CaseStatus.CONSULTING;
    for (StatusTransition transition : walked.statusTransitions()) {
      if (transition.fromStatus() != at) {
        return false;
      }
      at = transition.toStatus();
    }
    return at == walked.status();
  }

  @Property
  void aSolutionOnlyTakesStepsOfTheMachine(@ForAll @Size(max = 8) List<SolutionStatus> wishes) {
    Solution current =
        new Solution(
            "s",
            "c",
            "d",
            SolutionCategory.FIX,
            SolutionStatus.PROPOSED,
            null,
            List.of(),
            List.of(),
            null,
            NOW,
            null);
    for (SolutionStatus wish : wishes) {
      boolean allowed =
          (current.status() == SolutionStatus.PROPOSED && wish == SolutionStatus.APPLYING)
              || (current.status() == SolutionStatus.APPLYING
                  && (wish == SolutionStatus.APPLIED || wish == SolutionStatus.FAILED));
      Solution next = current;
      try {
        next = current.withStatus(wish, null, NOW);
      } catch (InvalidStatusTransitionException refused) {
        assertThat(allowed).isFalse();
      }
      assertThat(next.status()).isEqualTo(allowed ? wish : current.status());
      current = next;
    }
    assertThat(current.appliedAt() != null).isEqualTo(current.status() == SolutionStatus.APPLIED);
  }
}
