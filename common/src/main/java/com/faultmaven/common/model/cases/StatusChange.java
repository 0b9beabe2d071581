package com.faultmaven.common.model.cases;

import static java.util.Objects.requireNonNull;

import com.faultmaven.common.model.Checks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to bring a case into another status (decisions, section 3).
 *
 * @param transitionId id of the audit row that the change writes
 * @param to the status wished for
 * @param closureReason why the case ends; required for a terminal status, null before
 * @param reason why, in words, for the audit trail
 * @param triggeredBy a user id, or {@code system}
 * @param at when
 */
public record StatusChange(
    String transitionId,
    CaseStatus to,
    @Nullable ClosureReason closureReason,
    String reason,
    String triggeredBy,
    Instant at) {
  public StatusChange {
    Checks.text(transitionId, "transition_id");
    requireNonNull(to, "to_status");
    Checks.text(reason, "reason");
    Checks.text(triggeredBy, "triggered_by");
    requireNonNull(at, "at");
  }

  /**
   * Checks the change against the status machine and the rules of closure reasons.
   *
   * @return the audit row to write
   * @throws InvalidStatusTransitionException when a rule forbids it
   */
  public StatusTransition from(String caseId, CaseStatus current) {
    if (!current.canBecome(to)) {
      throw refused(
          current,
          current.isTerminal()
              ? "A case that is " + current.wireName() + " stays so."
              : "A case goes consulting → investigating or closed, investigating → resolved or"
                  + " closed.");
    }
    if (!to.isTerminal() && closureReason != null) {
      throw refused(current, "A closure_reason is for the statuses resolved and closed alone.");
    }
    if (to.isTerminal() && closureReason == null) {
      throw refused(current, "A closure_reason is required to end a case.");
    }
    if (closureReason != null && !closureReason.fits(current, to)) {
      throw refused(
          current,
          "The closure_reason "
              + closureReason.wireName()
              + " does not fit: resolved goes with the status resolved alone, consulting_only with"
              + " a case that was never investigated.");
    }
    return new StatusTransition(transitionId, caseId, current, to, at, triggeredBy, reason);
  }

  private InvalidStatusTransitionException refused(CaseStatus current, String rule) {
    return new InvalidStatusTransitionException(current.wireName(), to.wireName(), rule);
  }
}
