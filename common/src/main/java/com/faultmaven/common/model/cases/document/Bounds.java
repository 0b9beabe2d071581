package com.faultmaven.common.model.cases.document;

/** The longest values of known fields: characters of texts, elements of lists. */
final class Bounds {
  static final int ID = 100;
  static final int NAME = 200;
  static final int NOTE = 2_000;
  static final int TEXT = 10_000;
  static final int LIST = 200;

  /** Turns of one conversation, and other counts that grow with it. */
  static final int TURNS = 100_000;

  private Bounds() {}
}
