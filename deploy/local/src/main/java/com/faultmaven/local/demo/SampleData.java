package com.faultmaven.local.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The input that the demo ships: one afternoon of an invented orders API.
 *
 * <p>At 14:02 UTC version 4.12.0 is rolled out. To save memory it shrinks the database connection
 * pool from 40 to 4 and waits 30 s for a connection instead of 3 s. From 14:04 every connection is
 * taken, requests queue, time out and are retried without back-off, which makes it worse; at 14:31
 * the heartbeat is missing and somebody is paged; at 14:52 the deployment is rolled back, and at
 * 14:58 all is well. Log and metrics tell it line by line and are generated, the same bytes each
 * time; configuration and runbooks are files beside this class.
 */
final class SampleData {
  private static final String LOG = "orders-api.log";
  private static final String METRICS = "orders-api-metrics.csv";
  private static final String CONFIGURATION = "orders-api.yaml";
  private static final List<String> RUNBOOKS =
      List.of("connection-pool-exhausted.md", "heartbeat-missing.md");

  private SampleData() {}

  /** Writes the sample files below a directory, in place of those that are there. */
  static DemoInput writeTo(Path directory) throws IOException {
    Path runbooks = directory.resolve("runbooks");
    Files.createDirectories(runbooks);
    Files.write(directory.resolve(LOG), new SampleLog().lines());
    Files.write(directory.resolve(METRICS), new SampleMetrics().lines());
    copy(CONFIGURATION, directory.resolve(CONFIGURATION));
    for (String runbook : RUNBOOKS) {
      copy("runbooks/" + runbook, runbooks.resolve(runbook));
    }
    return new DemoInput(
        List.of(
            directory.resolve(LOG), directory.resolve(METRICS), directory.resolve(CONFIGURATION)),
        RUNBOOKS.stream().map(runbooks::resolve).toList(),
        Story.ofSample(),
        directory);
  }

  private static void copy(String resource, Path to) throws IOException {
    try (InputStream in = SampleData.class.getResourceAsStream("/demo/" + resource)) {
      if (in == null) {
        throw new FileNotFoundException("demo/" + resource + " is not in the jar");
      }
      Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
