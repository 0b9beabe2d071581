package com.faultmaven.knowledge.domain.embedding;

/** Who waits for work that keeps a processor busy. */
public enum Lane {
  /** A caller, now. */
  INTERACTIVE,
  /** The index, some time: documents and files. */
  BULK
}
