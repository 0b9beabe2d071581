package com.faultmaven.common.model.cases;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lists show of a case: the short columns of its own row, and its tags. */
@JsonNaming(SnakeCaseStrategy.class)
public record CaseSummary(
    String caseId,
    String userId,
    CaseStatus status,
    @Nullable ClosureReason closureReason,
    String title,
    @Nullable String description,
    @Nullable String currentPhase,
    Set<String> tags,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant resolvedAt,
    @Nullable Instant archivedAt) {
  /** The summary of a case. */
  public static CaseSummary of(Case source) {
    return new CaseSummary(
        source.caseId(),
        source.userId(),
        source.status(),
        source.closureReason(),
        source.title(),
        source.description(),
        source.currentPhase(),
        source.tags(),
        source.version(),
        source.createdAt(),
        source.updatedAt(),
        source.resolvedAt(),
        source.archivedAt());
  }
}
