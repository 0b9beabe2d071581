package com.faultmaven.bench;

import com.faultmaven.bench.BareWork.Range;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** What is asked of case-service; its statements are learnt from the log of its database. */
final class CaseOperations {
  private static final String EVIDENCE = "/evidence?source_type=log_file";
  private static final String HYPOTHESES = "/hypotheses?status=testing";
  private static final String MESSAGES = "/messages?limit=50&order=desc";

  /** The one case that statements are learnt with. */
  private static final int PATTERN = 0;

  private final URI url;
  private final StatementLog log;
  private final CaseCalls calls;
  private final SampleCases cases;
  private final int count;

  /**
   * Operations on cases that are there.
   *
   * @param url of the service
   * @param log of its database
   * @param count of the cases
   */
  CaseOperations(URI url, StatementLog log, CaseCalls calls, SampleCases cases, int count) {
    this.url = url;
    this.log = log;
    this.calls = calls;
    this.cases = cases;
    this.count = count;
  }

  /** A whole case with all its rows, from the database: each case once in a run. */
  CaseOperation load() throws Exception {
    BareWork select = work(calls.read(PATTERN, ""), "FROM case_messages", all());
    return new CaseOperation(
        "full load", run -> calls.readingOnce(run, ""), List.of(select), 20, 50);
  }

  /** Evidence of one source type. */
  CaseOperation evidence() throws Exception {
    return reading("evidence by source type", EVIDENCE, "FROM evidence", 5, 200);
  }

  /** Hypotheses in one status. */
  CaseOperation hypotheses() throws Exception {
    return reading("hypotheses by status", HYPOTHESES, "FROM hypotheses", 5, 200);
  }

  /** The end of a conversation. */
  CaseOperation messages() throws Exception {
    return reading("newest 50 messages", MESSAGES, "FROM case_messages", 0, 0);
  }

  /** Full text over the cases of one user. */
  CaseOperation search() throws Exception {
    List<BareWork> searches =
        byUsers("search_", calls::search, List.of("WITH asked AS")).stream()
            .map(search -> search.with(BareWork.Plans.BY_VALUES))
            .toList();
    return new CaseOperation("search, two words", run -> calls::searching, searches, 0, 0);
  }

  /** One more message. */
  CaseOperation append() throws Exception {
    // The statement adds nothing to a case that is not the caller's own.
    BareWork insert =
        work(calls.append(PATTERN), "INSERT INTO case_messages", all().every(cases.owners()));
    return new CaseOperation("append message", run -> calls::appending, List.of(insert), 8, 100);
  }

  /**
   * From consulting to investigating, from there to closed.
   *
   * @param fresh cases for each run, which are there beside one for the pattern
   */
  CaseOperation changeStatus(int fresh) throws Exception {
    byte[] change = calls.begin(PATTERN);
    // The bare writes keep to the cases of the warm-up: those of the runs must still be fresh.
    BareWork writes =
        Replay.of(
                cases.owner(PATTERN),
                SampleCases.freshId(PATTERN),
                new Range(id(SampleCases.freshId(0)), id(SampleCases.freshId(fresh))))
            .of(
                log.of(
                    () -> send(change),
                    List.of("UPDATE cases", "INSERT INTO case_status_transitions")));
    return new CaseOperation(
        "change status",
        run -> calls.changingStatus(1 + run * fresh, 1 + (run + 1) * fresh),
        List.of(writes),
        0,
        0);
  }

  /** A new case with tags, a message and a piece of evidence. */
  CaseOperation open() throws Exception {
    List<BareWork> writes =
        byUsers(
            "open_",
            calls::open,
            List.of(
                "INSERT INTO cases",
                "INSERT INTO case_tags",
                "INSERT INTO evidence",
                "INSERT INTO case_messages"));
    return new CaseOperation("open case", run -> calls::opening, writes, 0, 0);
  }

  /**
   * The same in the names of several users: if it were one, his row would be what everybody waits
   * for.
   */
  private List<BareWork> byUsers(String prefix, IntFunction<byte[]> request, List<String> parts)
      throws Exception {
    List<BareWork> works = new ArrayList<>();
    for (int user = 0; user < CaseCalls.USERS; user++) {
      byte[] bytes = request.apply(user);
      works.add(
          Replay.of(prefix + (char) ('a' + user), cases.owner(user))
              .of(log.of(() -> send(bytes), parts)));
    }
    return works;
  }

  private CaseOperation reading(String name, String path, String part, double below, double rate)
      throws Exception {
    BareWork select = work(calls.read(PATTERN, path), part, all());
    return new CaseOperation(name, run -> () -> calls.reading(path), List.of(select), below, rate);
  }

  private Range all() {
    return new Range(id(SampleCases.id(0)), id(SampleCases.id(count - 1)));
  }

  private BareWork work(byte[] request, String part, Range others) throws Exception {
    return Replay.of(cases.owner(PATTERN), SampleCases.id(PATTERN), others)
        .of(log.of(() -> send(request), List.of(part)));
  }

  private static long id(String caseId) {
    return Long.parseLong(caseId);
  }

  /** Sends one request and waits for its answer. */
  private void send(byte[] request) throws IOException {
    HttpCaller once =
        new HttpCaller() {
          private boolean answered;

          @Override
          public byte[] next() {
            return request;
          }

          @Override
          public void answered(HttpAnswer answer) throws IOException {
            HttpRequests.requireSuccess(answer);
            answered = true;
          }

          @Override
          public boolean hasNext() {
            return !answered;
          }
        };
    try (HttpLoad load = HttpLoad.open(url, List.of(once))) {
      load.saturate(Duration.ofMinutes(1));
    }
  }
}
