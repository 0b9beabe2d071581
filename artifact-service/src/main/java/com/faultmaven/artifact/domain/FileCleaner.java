package com.faultmaven.artifact.domain;

import com.faultmaven.artifact.preprocess.TextCleaner;
import com.faultmaven.common.privacy.Redaction;
import com.faultmaven.common.privacy.Redactor;
import java.util.Map;
import java.util.TreeMap;

/** Redacts the texts of one file and adds up what was found. Used by one thread. */
final class FileCleaner implements TextCleaner {
  private final Redactor redactor;
  private final Map<String, Integer> counts = new TreeMap<>();
  private boolean pii;
  private boolean secrets;

  FileCleaner(Redactor redactor) {
    this.redactor = redactor;
  }

  @Override
  public String clean(String text) {
    Redaction redaction = redactor.redact(text);
    redaction.counts().forEach((type, count) -> counts.merge(type, count, Integer::sum));
    pii |= redaction.piiDetected();
    secrets |= redaction.secretsDetected();
    // PostgreSQL cannot hold NUL in a text.
    return redaction.text().replace('\u0000', '\uFFFD');
  }

  Map<String, Integer> counts() {
    return counts;
  }

  boolean piiDetected() {
    return pii;
  }

  boolean secretsDetected() {
    return secrets;
  }
}
