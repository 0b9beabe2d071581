package com.faultmaven.common.job;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run has done.
 *
 * @param counts how many of what, by a name in snake_case
 * @param bytes how many bytes were freed or written; 0 when the job does not count any
 */
public record JobReport(Map<String, Long> counts, long bytes) {
  public JobReport {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
