package com.faultmaven.artifact.preprocess;

/**
 * Takes personal data and secrets out of a text. Extraction cleans whole texts before it cuts
 * anything out of them: half of a secret would no longer be recognised as one.
 */
@FunctionalInterface
public interface TextCleaner {
  /** Gives the text without what must not be kept; lines stay lines. */
  String clean(String text);
}
