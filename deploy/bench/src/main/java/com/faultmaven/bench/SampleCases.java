package com.faultmaven.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Cases of a troubleshooting team, the same ones for the same owners at every run. Ids of cases are
 * numbers without a gap, so that a load can pick one by chance without a list of them.
 */
final class SampleCases {
  private static final long FIRST_ID = 4_000_000_000_000_000_000L;
  private static final long FIRST_FRESH_ID = 5_000_000_000_000_000_000L;
  private static final long SEED = 0x5eed_ca5e5L;

  /** What 100,000 cases take, the work at the last one included. */
  static final Duration SPAN = Duration.ofDays(21);

  private static final Duration BETWEEN_CASES = Duration.ofSeconds(17);
  private static final Duration BETWEEN_ROWS = Duration.ofSeconds(41);

  private static final List<String> SOURCE_TYPES =
      List.of(
          "log_file",
          "log_file",
          "metrics_data",
          "config_file",
          "code_review",
          "screenshot",
          "user_observation",
          "api_response",
          "database_query",
          "monitoring_alert");
  private static final List<String> HYPOTHESIS_STATUSES =
      List.of("exploring", "testing", "validated", "invalidated");
  private static final List<String> CONFIDENCES =
      List.of("speculation", "probable", "confident", "verified");
  private static final List<String> RELATIONSHIPS = List.of("supports", "refutes", "neutral");
  private static final List<String> STATUSES =
      List.of(
          "consulting",
          "consulting",
          "investigating",
          "investigating",
          "investigating",
          "investigating",
          "resolved",
          "resolved",
          "closed");

  private final List<String> owners;
  private final Instant begin;

  /**
   * Cases of these users, which they own in turn.
   *
   * @param owners user ids
   * @param begin when the first one was opened; the others follow within {@link #SPAN}
   */
  SampleCases(List<String> owners, Instant begin) {
    this.owners = List.copyOf(owners);
    this.begin = begin;
  }

  /** Id of the case with this number, from 0; 19 digits. */
  static String id(int number) {
    return Long.toString(FIRST_ID + number);
  }

  /** Id of the fresh case with this number, from 0; 19 digits. */
  static String freshId(int number) {
    return Long.toString(FIRST_FRESH_ID + number);
  }

  /** Owner of the case, or the fresh case, with this number. */
  String owner(int number) {
    return owners.get(number % owners.size());
  }

  /** How many owners there are: every so many-th case is of the same one. */
  int owners() {
    return owners.size();
  }

  /** All rows of the cases with these numbers. */
  Map<CaseTable, CopyText> rows(int from, int to) {
    Map<CaseTable, CopyText> rows = empty();
    for (int number = from; number < to; number++) {
      new Writer(rows, number).write();
    }
    return rows;
  }

  /** Fresh cases: nobody has begun to work at them, so that their status can be changed. */
  Map<CaseTable, CopyText> fresh(int from, int to) {
    Map<CaseTable, CopyText> rows = empty();
    for (int number = from; number < to; number++) {
      SplittableRandom random = random(-1 - number);
      String component = SampleText.one(random, SampleText.COMPONENTS);
      Instant time = begin.plus(BETWEEN_CASES.multipliedBy(number));
      of(rows, CaseTable.CASES)
          .row(
              freshId(number),
              owner(number),
              "consulting",
              null,
              title(random, component),
              SampleText.sentences(random, component, 2),
              null,
              time,
              time,
              null,
              1);
    }
    return rows;
  }

  private static Map<CaseTable, CopyText> empty() {
    Map<CaseTable, CopyText> rows = new EnumMap<>(CaseTable.class);
    for (CaseTable table : CaseTable.values()) {
      rows.put(table, new CopyText());
    }
    return rows;
  }

  private static CopyText of(Map<CaseTable, CopyText> rows, CaseTable table) {
    return rows.computeIfAbsent(table, missing -> new CopyText());
  }

  private static String title(SplittableRandom random, String component) {
    return "Again %s in %s".formatted(SampleText.one(random, SampleText.SYMPTOMS), component);
  }

  private static SplittableRandom random(int number) {
    return new SplittableRandom(SEED + number);
  }

  /** Writes one case. */
  private final class Writer {
    private final Map<CaseTable, CopyText> rows;
    private final String caseId;
    private final String owner;
    private final CaseSize size;
    private final SplittableRandom random;
    private final String component;
    private final Instant opened;
    private final String status;

    Writer(Map<CaseTable, CopyText> rows, int number) {
      this.rows = rows;
      caseId = id(number);
      owner = owner(number);
      size = CaseSize.of(number);
      random = random(number);
      component = SampleText.one(random, SampleText.COMPONENTS);
      opened = begin.plus(BETWEEN_CASES.multipliedBy(number));
      status = SampleText.one(random, STATUSES);
    }

    void write() {
      header();
      of(rows, CaseTable.TAGS).row(caseId, component);
      of(rows, CaseTable.TAGS).row(caseId, "team-" + random.nextInt(9));
      hypotheses(evidence());
      messages();
    }

    private void header() {
      boolean begun = !status.equals("consulting");
      boolean ended = status.equals("resolved") || status.equals("closed");
      Instant end = opened.plus(BETWEEN_ROWS.multipliedBy(size.messages()));
      of(rows, CaseTable.CASES)
          .row(
              caseId,
              owner,
              status,
              ended ? (status.equals("resolved") ? "resolved" : "escalated") : null,
              title(random, component),
              SampleText.sentences(random, component, random.nextInt(1, 5)),
              begun ? "{\"component\": \"" + component + "\", \"confirmed\": true}" : null,
              opened,
              end,
              status.equals("resolved") ? end : null,
              begun ? (ended ? 3 : 2) : 1);
      if (begun) {
        transition("consulting", "investigating", opened);
      }
      if (ended) {
        transition("investigating", status, end);
      }
    }

    private void transition(String from, String to, Instant time) {
      of(rows, CaseTable.TRANSITIONS)
          .row(
              rowId(time),
              caseId,
              from,
              to,
              time,
              owner,
              SampleText.sentences(random, component, 1));
    }

    /** Gives the ids of the evidence. */
    private List<String> evidence() {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < size.evidence(); i++) {
        Instant time = time(i, size.evidence());
        String id = rowId(time);
        ids.add(id);
        String type = SampleText.one(random, SOURCE_TYPES);
        boolean file = !type.equals("user_observation");
        of(rows, CaseTable.EVIDENCE)
            .row(
                id,
                caseId,
                type.equals("log_file")
                    ? SampleText.log(random, component, time.toString())
                    : SampleText.sentences(random, component, random.nextInt(1, 4)),
                type,
                file ? "document" : "user_input",
                file ? SampleText.sentences(random, component, 1) : null,
                "{\"component\": \"" + component + "\", \"severity\": " + random.nextInt(5) + "}",
                time);
      }
      return ids;
    }

    private void hypotheses(List<String> evidence) {
      for (int i = 0; i < size.hypotheses(); i++) {
        Instant time = time(i, size.hypotheses());
        of(rows, CaseTable.HYPOTHESES)
            .row(
                rowId(time),
                caseId,
                SampleText.sentences(random, component, 1),
                SampleText.one(random, HYPOTHESIS_STATUSES),
                SampleText.one(random, CONFIDENCES),
                SampleText.sentences(random, component, 1),
                links(evidence),
                time,
                time);
      }
    }

    /** Links to up to three neighbours: no piece of evidence may be named twice. */
    private String links(List<String> evidence) {
      int first = random.nextInt(evidence.size());
      int end = Math.min(evidence.size(), first + random.nextInt(4));
      List<String> links = new ArrayList<>();
      for (String id : evidence.subList(first, end)) {
        links.add(
            "{\"evidence_id\": \"%s\", \"relationship\": \"%s\"}"
                .formatted(id, SampleText.one(random, RELATIONSHIPS)));
      }
      return links.toString();
    }

    private void messages() {
      for (int i = 0; i < size.messages(); i++) {
        Instant time = time(i, size.messages());
        boolean asked = i % 2 == 0;
        of(rows, CaseTable.MESSAGES)
            .row(
                rowId(time),
                caseId,
                asked ? "user_query" : "agent_response",
                asked ? "user" : "assistant",
                SampleText.sentences(random, component, asked ? 1 : random.nextInt(1, 5)),
                metadata(asked),
                time);
      }
    }

    private @Nullable String metadata(boolean asked) {
      return asked ? null : "{\"tokens\": " + random.nextInt(10, 2_000) + "}";
    }

    /** Rows of all kinds come evenly over the life of the case. */
    private Instant time(int row, int count) {
      return opened.plus(BETWEEN_ROWS.multipliedBy((long) row * size.messages() / count));
    }

    /** A UUID of version 7, as the service makes them: they follow the time. */
    private String rowId(Instant time) {
      long high = (time.toEpochMilli() << 16) | 0x7000L | random.nextInt(1 << 12);
      long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low).toString();
    }
  }
}
