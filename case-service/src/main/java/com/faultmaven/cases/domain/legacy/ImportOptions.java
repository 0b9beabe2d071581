package com.faultmaven.cases.domain.legacy;

/**
 * What an import takes over.
 *
 * @param url the Redis that has the previous layout
 * @param pattern the keys, as Redis matches
 * @param dryRun whether everything is undone again
 */
record ImportOptions(String url, String pattern, boolean dryRun) {
  /** Without the address, which may hold a password. */
  @Override
  public String toString() {
    return pattern + (dryRun ? ", dry run" : "");
  }
}
