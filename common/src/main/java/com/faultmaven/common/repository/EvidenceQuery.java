package com.faultmaven.common.repository;

import com.faultmaven.common.model.cases.EvidenceForm;
import com.faultmaven.common.model.cases.EvidenceSourceType;
import com.faultmaven.common.web.Cursor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which evidence of a case to list (specification 3.3).
 *
 * @param sourceType only from the source; null for all
 * @param form only in the form; null for all
 * @param since only created at or after it; null for all
 * @param text only with all these words in summary or content; null for all
 * @param newestFirst the order; otherwise oldest first
 * @param after the last piece that was seen, in that order; null for the beginning
 * @param limit at most so many, 1 to 201
 */
public record EvidenceQuery(
    @Nullable EvidenceSourceType sourceType,
    @Nullable EvidenceForm form,
    @Nullable Instant since,
    @Nullable String text,
    boolean newestFirst,
    @Nullable Cursor after,
    int limit) {
  public EvidenceQuery {
    Limits.check(limit);
  }

  /** A list with the newest first. */
  public EvidenceQuery(
      @Nullable EvidenceSourceType sourceType,
      @Nullable EvidenceForm form,
      @Nullable Instant since,
      @Nullable String text,
      @Nullable Cursor after,
      int limit) {
    this(sourceType, form, since, text, true, after, limit);
  }

  /** All evidence, newest first, up to the limit. */
  public static EvidenceQuery all(int limit) {
    return new EvidenceQuery(null, null, null, null, null, limit);
  }
}
