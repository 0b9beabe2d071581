package com.faultmaven.cases.domain;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * Copies of whole cases, shared by all replicas. A copy counts only together with what the database
 * says of the case at that time ({@link CaseHead}) and with the case's mark, which every write
 * replaces after its commit and before it is acknowledged: no reader gets less than what somebody
 * was told is stored. A write that cannot replace the mark begins a new epoch in the database
 * instead, and all copies of before are void.
 *
 * <p>Nothing fails for want of the cache, but for a write that can neither replace the mark nor
 * begin an epoch.
 */
public interface CaseCache {
  /**
   * What there is of a case.
   *
   * @param mark the case's mark at that time; empty text when there is none, because nobody has
   *     asked here for the case lately, or the cache is away
   * @param copy the copy, if one was made under that mark
   */
  record Found(String mark, Optional<Copy> copy) {
    /** Nothing is known, and nothing can be kept. */
    public static final Found NOTHING = new Found("", Optional.empty());
  }

  /**
   * A copy.
   *
   * @param version version of the case's own row when it was made
   * @param epoch epoch in which it was made
   * @param json the whole case as JSON text in UTF-8
   */
  record Copy(long version, long epoch, Buffer json) {
    /** Whether it is what the database would answer now. */
    public boolean fits(CaseHead head) {
      return version == head.version() && epoch == head.epoch() && !head.archived();
    }
  }

  /** Looks for a copy. Ask before the case is loaded: what is kept later must have this mark. */
  Uni<Found> find(String caseId);

  /**
   * Keeps a copy, unless the case's mark is another one by now, or many copies are on their way
   * already. Does not fail; nobody need wait for it.
   */
  Uni<Void> keep(String caseId, String mark, Copy copy);

  /** Makes every copy of the case void, after the commit of a write. */
  Uni<Void> invalidate(String caseId);
}
