package com.faultmaven.local.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a demonstration did.
 *
 * @param steps steps that passed, in order
 * @param failure why the next one did not; null when all passed
 * @param account the account that was made for it; null when it did not come so far
 * @param caseId the case; null when it did not come so far
 * @param fileIds files that were stored
 * @param documentIds documents that were added to the knowledge base
 */
public record DemoReport(
    List<Step> steps,
    @Nullable String failure,
    @Nullable Account account,
    @Nullable String caseId,
    List<String> fileIds,
    List<String> documentIds) {
  public DemoReport {
    steps = List.copyOf(steps);
    fileIds = List.copyOf(fileIds);
    documentIds = List.copyOf(documentIds);
  }

  /** Whether every step passed. */
  public boolean passed() {
    return failure == null;
  }

  /**
   * A step that passed.
   *
   * @param name what was done
   * @param seconds how long it took
   */
  public record Step(String name, double seconds) {}

  /**
   * The account that a demonstration works with.
   *
   * @param userId id
   * @param username name to log in with
   * @param password made for this run alone
   */
  public record Account(String userId, String username, String password) {
    /** Shows no password. */
    @Override
    public String toString() {
      return "Account[" + username + "]";
    }
  }
}
