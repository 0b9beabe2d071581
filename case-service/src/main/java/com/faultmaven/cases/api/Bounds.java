package com.faultmaven.cases.api;

/** The longest values that requests may hold, in characters unless said otherwise. */
final class Bounds {
  static final int ID = 100;
  static final int TITLE = 200;
  static final int NAME = 100;
  static final int TAG = 64;
  static final int NOTE = 2_000;
  static final int DESCRIPTION = 10_000;
  static final int CONTENT = 100_000;

  /** A JSON column, as text. */
  static final int JSON = 262_144;

  /** Objects of one request. */
  static final int BATCH = 100;

  /** Rows of evidence or messages of one request, which are one statement. */
  static final int ROWS = 1_000;

  /** Evidence that a new case may bring. */
  static final int FIRST_EVIDENCE = 20;

  /** Steps, criteria and links of one row. */
  static final int LIST = 50;

  private Bounds() {}
}
