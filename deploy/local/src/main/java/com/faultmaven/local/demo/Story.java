package com.faultmaven.local.demo;

import java.util.List;

/**
 * The words of a demonstration: what a person who works on the case would write.
 *
 * @param title the case's title
 * @param description the problem as its reporter tells it
 * @param tags labels of the case
 * @param caseQuery what is looked for in the case's files
 * @param knowledgeQuery what is looked for in the runbooks
 * @param question what the knowledge base is asked
 * @param hypothesis the supposed cause; empty to make one of what the first file tells
 * @param solution what is done about it
 * @param steps how, in order
 * @param verification how to see that it has worked
 */
record Story(
    String title,
    String description,
    List<String> tags,
    String caseQuery,
    String knowledgeQuery,
    String question,
    String hypothesis,
    String solution,
    List<String> steps,
    List<String> verification) {

  /** The story of {@link SampleData}. */
  static Story ofSample() {
    return new Story(
        "orders-api: timeouts and a missing heartbeat since 14:04 UTC",
        "Customers cannot place orders since shortly after two. Latency went to 30 seconds, then"
            + " came errors, and at 14:31 the heartbeat alert paged me. Version 4.12.0 was rolled out"
            + " at 14:02. The database looks idle.",
        List.of("orders-api", "database", "outage"),
        "connection is not available, request timed out waiting for the database pool",
        "connection pool exhausted after a deployment",
        "How do I repair an exhausted connection pool?",
        "Release 4.12.0 shrank the connection pool from 40 to 4 while 48 threads share it: requests"
            + " wait 30 s for a connection, and retries without back-off keep the queue full.",
        "Roll back to 4.11.3, then raise the pool and bound the retries.",
        List.of(
            "kubectl rollout undo deployment/orders-api",
            "Set maximum-pool-size to 40 and connection-timeout to 3000",
            "Give payment retries an exponential back-off, three attempts at most"),
        List.of(
            "pool_waiting is 0 and errors are below 0.1 % for 30 minutes",
            "The heartbeat is written every minute"));
  }

  /**
   * A story that fits any files.
   *
   * @param runbook title of one of the runbooks, which the knowledge base is asked about
   */
  static Story ofFiles(int files, String runbook) {
    return new Story(
        "What do these %d files tell?".formatted(files),
        "Files of a system in trouble were collected and uploaded; find what failed first.",
        List.of("own-files"),
        "errors, failures and anomalies",
        runbook,
        "What should I do about " + runbook + "?",
        "",
        "Repair what failed first, as the runbook says.",
        List.of("Read the runbook that the knowledge base has found", "Do its steps in order"),
        List.of("The failure does not come back for 30 minutes"));
  }
}
