package com.faultmaven.user.domain;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that this service stores encrypted, signing keys aside, which look after themselves. */
public interface SealedRows {
  /** What kinds there are. */
  List<String> kinds();

  /**
   * Rows that another key than this one has encrypted, by id.
   *
   * @param after id of the row before the first; null for the beginning
   * @param most how many at most
   */
  Uni<List<SealedRow>> findOfOtherKeys(String kind, String keyId, @Nullable String after, int most);

  /**
   * Replaces what a row holds by the same, encrypted with another key.
   *
   * @param sealed cipher text, Base64
   * @return false, and no change, when the row is gone or holds something else by now
   */
  Uni<Boolean> replace(String kind, SealedRow read, String sealed, String keyId);
}
