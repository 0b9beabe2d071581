package com.faultmaven.bench;

import java.util.List;
import java.util.SplittableRandom;

/** Sentences as they stand in cases, of words that a search can ask for. */
final class SampleText {
  /** What breaks. */
  static final List<String> COMPONENTS =
      List.of(
          "checkout",
          "payment",
          "inventory",
          "shipping",
          "billing",
          "catalog",
          "gateway",
          "scheduler",
          "warehouse",
          "invoice",
          "recommendation",
          "notification");

  /** How it breaks. */
  static final List<String> SYMPTOMS =
      List.of(
          "timeout",
          "deadlock",
          "starvation",
          "corruption",
          "throttling",
          "overflow",
          "leak",
          "saturation",
          "exhaustion",
          "regression",
          "backlog",
          "outage");

  /** {@code @} stands for a component, {@code ~} for a symptom, {@code #} for a number. */
  private static final List<String> SENTENCES =
      List.of(
          "Since the last deploy @ answers # of a thousand requests with ~.",
          "The connection pool of @ has # connections and none of them is free.",
          "We see ~ in @ whenever more than # orders come in a minute.",
          "Rolling @ back to build # did not help.",
          "The dashboard shows a latency of # ms at the 99th percentile, before it was # µs.",
          "Memory of @ grows by # MB an hour until the node is drained.",
          "Could the ~ come from the new index on the orders table?",
          "Please look at the configuration of @: its limit is # and the default is higher.",
          "A restart of @ hides the ~ for about # minutes → it comes back under load.",
          "The certificate of @ is valid for # more days, so that is not it.",
          "Zürich and São Paulo are affected, the other # regions are not.",
          "Garbage collection takes # ms a minute, which does not explain the ~.",
          "The queue between @ and its consumers holds # messages and no one reads them.",
          "Threads of @ wait for a lock that a report of # rows holds.",
          "Nothing has changed in @ itself, but its dependency was updated # days ago.",
          "The runbook asks for a thread dump when the ~ lasts longer than # seconds.");

  private SampleText() {}

  /** So many sentences about a component. */
  static String sentences(SplittableRandom random, String component, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(' ');
      }
      fill(text, one(random, SENTENCES), random, component);
    }
    return text.toString();
  }

  /** A few lines of a log, with a stack trace. */
  static String log(SplittableRandom random, String component, String time) {
    StringBuilder text = new StringBuilder();
    fill(
        text.append(time),
        " ERROR [@] ~ after # ms, request #\n\tat com.example.@.Handler.run(Handler.java:#)\n",
        random,
        component);
    fill(text.append(time), " WARN [@] retry # of path C:\\data\\@\\#", random, component);
    return text.toString();
  }

  /** One of the choices. */
  static <T> T one(SplittableRandom random, List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static void fill(
      StringBuilder text, String pattern, SplittableRandom random, String component) {
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '@' -> text.append(component);
        case '~' -> text.append(one(random, SYMPTOMS));
        case '#' -> text.append(random.nextInt(2, 1_000));
        default -> text.append(c);
      }
    }
  }
}
