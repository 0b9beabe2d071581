package com.faultmaven.cases.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Counts over cases that were opened within a period; the shape of the answer, for its description.
 *
 * @param cases how many cases
 * @param byStatus cases by the status that they have now
 * @param byTag cases by tag, the 50 most frequent ones, most frequent first
 * @param byEvidenceType pieces of evidence of these cases by source type
 * @param overTime the same by step of time, oldest first; steps without anything are left out
 */
@RegisterForReflection
@Schema(name = "CaseAnalytics")
record CaseAnalytics(
    long cases,
    Map<String, Long> byStatus,
    Map<String, Long> byTag,
    Map<String, Long> byEvidenceType,
    List<Step> overTime) {
  /**
   * A step of time.
   *
   * @param start when it begins, in UTC
   * @param byStatus cases that were opened in it, by the status that they have now
   * @param byEvidenceType evidence of the cases that came in it, by source type
   */
  @RegisterForReflection
  @Schema(name = "CaseAnalyticsStep")
  record Step(Instant start, Map<String, Long> byStatus, Map<String, Long> byEvidenceType) {}
}
