package com.faultmaven.knowledge.domain;

import com.faultmaven.common.model.WireName;

/** How far a document's way into the index is. */
public enum IndexStatus implements WireName {
  /** Waits to be indexed, or to be tried again. */
  PENDING,
  /** Is being chunked and embedded. */
  INDEXING,
  /** Can be found. */
  INDEXED,
  /** Cannot be indexed; the document's error says why. */
  FAILED,
  /** Is on its way out; nobody sees it any more. */
  DELETING;

  /** Whether nothing more happens by itself. */
  public boolean isFinal() {
    return this == INDEXED || this == FAILED;
  }
}
