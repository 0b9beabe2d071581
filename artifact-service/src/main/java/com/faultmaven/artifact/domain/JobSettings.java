package com.faultmaven.artifact.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the jobs; the keys begin with {@code faultmaven.jobs}. */
@ConfigMapping(prefix = "faultmaven.jobs")
public interface JobSettings {
  /** How often expired files are looked for. */
  @WithDefault("PT1M")
  Duration expiryInterval();

  /** How often objects without a row are deleted that a deletion has left behind. */
  @WithDefault("PT5S")
  Duration deletionInterval();

  /** How often the whole bucket is looked through for orphans. */
  @WithDefault("PT1H")
  Duration orphanInterval();

  /** Which objects are looked through: those that this service writes. */
  @WithDefault("artifacts/")
  String orphanPrefix();

  /** How old an object without a row must be before it counts as an orphan. */
  @WithDefault("PT1H")
  Duration orphanAge();

  /** Most rows or objects of one step, 1 to 1000. */
  @WithDefault("500")
  int batch();

  /** How long it is remembered that a case was deleted. */
  @WithDefault("P14D")
  Duration deletedCasesKeep();
}
