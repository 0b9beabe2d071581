package com.faultmaven.bench;

import java.io.IOException;

/** What one connection sends, one request after the other. */
interface HttpCaller {
  /** The next request, whole. */
  byte[] next();

  /**
   * Told the answer before the next request is asked for.
   *
   * @throws IOException when it is not the expected one, which ends the run
   */
  void answered(HttpAnswer answer) throws IOException;

  /** Whether there is another request; those that never run out say so. */
  default boolean hasNext() {
    return true;
  }
}
