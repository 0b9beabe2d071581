package com.faultmaven.local.process;

import java.io.IOException;

/** One component of the stack before it runs: its name, its port and what must exist first. */
public interface Program {

  /** Name of the component, also of its log file, e.g. {@code case-service}. */
  String name();

  /** The loopback port that it serves. */
  int port();

  /**
   * Creates what the process needs on disk, when it is not there yet, and says how to start it.
   * Called before every start, so it must be repeatable.
   *
   * @throws IOException when the disk refuses
   * @throws ComponentException when something else is missing, with the cause in words
   * @throws InterruptedException when the stack is being stopped meanwhile
   */
  ProcessSpec prepare() throws IOException, InterruptedException;

  /** Whether the stack does without it when it cannot be started. */
  default boolean optional() {
    return false;
  }
}
