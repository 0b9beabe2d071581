package com.faultmaven.cases.api;

import com.faultmaven.common.id.Ids;
import com.faultmaven.common.model.cases.CaseStatus;
import com.faultmaven.common.model.cases.ClosureReason;
import com.faultmaven.common.model.cases.StatusChange;
import com.faultmaven.common.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The status that a case is to have.
 *
 * @param toStatus the status
 * @param reason why, for the audit trail
 * @param closureReason why the case ends; required for resolved and closed, refused before
 */
@RegisterForReflection
@Schema(
    examples =
        """
        {"to_status": "investigating", "reason": "The symptoms are confirmed"}
        """)
public record NewStatus(
    @NotNull @Schema(examples = "investigating") CaseStatus toStatus,
    @NotNull @Text @Size(max = Bounds.NOTE) @Schema(examples = "The symptoms are confirmed")
        String reason,
    @Schema(description = "Required for resolved and closed alone")
        @Nullable ClosureReason closureReason) {
  /**
   * The change, with an id of its own.
   *
   * @throws Problem 400 when the closure reason is missing, or there is one too many
   */
  StatusChange of(String actorId, Instant now) {
    if (toStatus.isTerminal() && closureReason == null) {
      throw Problem.invalid(
          "closure_reason", "is required for " + toStatus.wireName() + ", which ends the case");
    }
    if (!toStatus.isTerminal() && closureReason != null) {
      throw Problem.invalid("closure_reason", "is for the statuses resolved and closed alone");
    }
    return new StatusChange(Ids.next(), toStatus, closureReason, reason, actorId, now);
  }
}
