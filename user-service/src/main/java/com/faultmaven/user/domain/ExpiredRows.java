package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Rows that have an end and are of no use after it. */
public interface ExpiredRows {
  /** Kinds of such rows, in the order in which they are removed. */
  List<String> kinds();

  /** Removes rows of a kind that ended before this time, at most so many; gives how many. */
  Uni<Integer> remove(String kind, Instant before, int most);
}
