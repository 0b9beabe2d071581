package com.faultmaven.artifact.domain;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The stages that files in process in this replica have reached. Holds files in process alone, so
 * that it is bounded by what the pool takes.
 */
@ApplicationScoped
public class StageLog {
  private final Map<String, List<Stage>> stages = new ConcurrentHashMap<>();

  /** Notes that a file has reached a stage. */
  public void reached(String fileId, Stage stage) {
    stages.merge(
        fileId,
        List.of(stage),
        (before, added) ->
            java.util.stream.Stream.concat(before.stream(), added.stream()).toList());
  }

  /** Stages reached so far, in order; empty when the file is not in process here. */
  public List<Stage> of(String fileId) {
    return stages.getOrDefault(fileId, List.of());
  }

  /** Forgets a file whose processing has ended. */
  public void ended(String fileId) {
    stages.remove(fileId);
  }
}
