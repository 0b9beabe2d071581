package com.faultmaven.cases.domain.legacy;

/** The most that a case of the previous layout may bring, in characters unless said otherwise. */
final class LegacyLimits {
  static final int ID = 100;
  static final int TITLE = 200;
  static final int NAME = 100;
  static final int TAG = 64;
  static final int TAGS = 50;
  static final int DESCRIPTION = 10_000;
  static final int STEP = 2_000;
  static final int STEPS = 200;
  static final int CONTENT = 1_000_000;

  /** A JSON column, as text. */
  static final int JSON = 4_000_000;

  /** Rows of one collection. */
  static final int ROWS = 10_000;

  /** Things that are said to be wrong with one case. */
  static final int FLAWS = 20;

  private LegacyLimits() {}
}
