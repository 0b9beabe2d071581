package com.faultmaven.artifact.domain;

import com.faultmaven.artifact.preprocess.TextCleaner;
import com.faultmaven.common.privacy.FileRedaction;
import com.faultmaven.common.privacy.Redaction;
import com.faultmaven.common.privacy.Redactor;
import java.util.Map;
import java.util.TreeMap;

/** Redacts the texts of one file and adds up what was found. Used by one thread. */
final class FileCleaner implements TextCleaner {
  private final FileRedaction redaction;
  private final Map<String, Integer> counts = new TreeMap<>();
  private boolean pii;
  private boolean secrets;

  FileCleaner(Redactor redactor) {
    this.redaction = redactor.forFile();
  }

  @Override
  public String clean(String text) {
    Redaction redacted = redaction.redact(text);
    // The whole text comes first and pieces of it later: adding them up would count a finding
    // twice.
    redacted.counts().forEach((type, count) -> counts.merge(type, count, Math::max));
    pii |= redacted.piiDetected();
    secrets |= redacted.secretsDetected();
    // PostgreSQL cannot hold NUL in a text.
    return redacted.text().replace('\u0000', '\uFFFD');
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
