package com.faultmaven.artifact.domain;

import com.faultmaven.common.privacy.RedactionLevel;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of preprocessing; the keys begin with {@code faultmaven.preprocessing}. */
@ConfigMapping(prefix = "faultmaven.preprocessing")
public interface ProcessingSettings {
  /** Threads that classify, extract and redact. */
  @WithDefault("2")
  int workers();

  /** Pieces of work that may wait for a thread; one more answers 503. */
  @WithDefault("32")
  int queue();

  /** What a refused caller is told to wait. */
  @WithDefault("PT5S")
  Duration retryAfter();

  /** How long one file may take before it counts as failed. */
  @WithDefault("PT30S")
  Duration timeout();

  /** From how many bytes on a text without a choice waits for one. */
  @WithDefault("102400")
  long decisionTextBytes();

  /** From how many bytes on an image without a choice waits for one. */
  @WithDefault("5242880")
  long decisionImageBytes();

  /** How long a file waits for a choice before it is deleted. */
  @WithDefault("PT24H")
  Duration undecidedKeep();

  /** How long the raw file of a preview stays. */
  @WithDefault("PT5M")
  Duration previewKeep();

  /** Lines of a preview at the beginning, and as many at the end. */
  @WithDefault("20")
  int previewLines();

  /** Largest previous version of a configuration that is read for a comparison, in bytes. */
  @WithDefault("1048576")
  long previousVersionBytes();

  /** Most texts with stack traces of the same case that source code is compared with. */
  @WithDefault("5")
  int stackTraces();

  /** After this time a file that is still being processed counts as abandoned by a crash. */
  @WithDefault("PT2M")
  Duration abandonedAfter();

  /** How much is redacted; {@code off} is refused in the production profile. */
  @WithDefault("standard")
  RedactionLevel redaction();
}
