package com.faultmaven.artifact.preprocess.text;

/** How bad a log record is, with the weights of preprocessing.md. */
public enum Level {
  UNKNOWN(0),
  TRACE(0),
  DEBUG(0),
  INFO(0),
  WARN(10),
  ERROR(50),
  CRITICAL(90),
  FATAL(100);

  private final int weight;

  Level(int weight) {
    this.weight = weight;
  }

  /** Fatal 100, critical 90, error 50, warning 10, everything else 0. */
  public int weight() {
    return weight;
  }

  /** Whether a record of this level says that something failed: error or worse. */
  public boolean isFailure() {
    return weight >= ERROR.weight;
  }
}
