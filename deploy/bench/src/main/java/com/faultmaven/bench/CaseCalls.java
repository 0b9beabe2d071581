package com.faultmaven.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Requests to case-service, each in the name of whoever owns the case. */
final class CaseCalls {
  /** How many users search, each for words of their own, and open cases beside the bare writes. */
  static final int USERS = 8;

  private static final String BEGIN_WORK =
      """
      {"to_status": "investigating", "reason": "The symptoms are confirmed"}
      """;
  private static final String END_WORK =
      """
      {"to_status": "closed", "reason": "Others have it already", "closure_reason": "duplicate"}
      """;
  private static final String MESSAGE =
      """
      {"message_type": "user_query", "role": "user",
       "content": "Since the last deploy the checkout answers with a timeout. What has changed?"}
      """;
  private static final String NEW_CASE =
      """
      {"title": "Database connection timeouts in checkout",
       "description": "Checkout answers 500 since the deploy at nine.",
       "tags": ["database", "checkout"],
       "first_message": {"content": "Since the deploy at nine every checkout times out."},
       "evidence": [{"content": "ERROR Connection is not available", "source_type": "log_file"}]}
      """;

  private final HttpRequests requests;
  private final List<String> tokens;
  private final int count;
  private int refused;
  private int callers;

  /**
   * Requests to one service.
   *
   * @param tokens of the owners, in their order
   * @param count of the cases that are there
   */
  CaseCalls(URI url, List<String> tokens, int count) {
    requests = new HttpRequests(url);
    this.tokens = List.copyOf(tokens);
    this.count = count;
  }

  /** How many requests the service has refused because it was too busy (503). */
  int refused() {
    return refused;
  }

  /** Reads something of cases by chance; the path is that within a case. */
  HttpCaller reading(String path) {
    return readingFirst(count, path);
  }

  /**
   * Gives callers that read cases in an order by chance, none twice.
   *
   * @param run another one, another order
   */
  Supplier<HttpCaller> readingOnce(int run, String path) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(order, new Random(run));
    Iterator<Integer> numbers = order.iterator();
    return () -> new Once(numbers, path);
  }

  /** Reads something of the first cases, by chance. */
  HttpCaller readingFirst(int cases, String path) {
    SplittableRandom random = new SplittableRandom(callers++);
    return caller(() -> read(random.nextInt(cases), path));
  }

  /** Reads something of the case with this number. */
  byte[] read(int number, String path) {
    return requests.get(path(SampleCases.id(number)) + path, token(number));
  }

  /** Searches, each time in another user's name. */
  HttpCaller searching() {
    int[] next = {callers++};
    return caller(() -> search(next[0]++ % USERS));
  }

  /** The search of the user with this number. */
  byte[] search(int user) {
    String words =
        SampleText.COMPONENTS.get(user % SampleText.COMPONENTS.size())
            + "+"
            + SampleText.SYMPTOMS.get(user % SampleText.SYMPTOMS.size());
    return requests.get("/api/v1/cases/search?q=" + words, token(user));
  }

  /** Appends messages to cases by chance. */
  HttpCaller appending() {
    SplittableRandom random = new SplittableRandom(callers++);
    return caller(() -> append(random.nextInt(count)));
  }

  /** Appends a message to the case with this number. */
  byte[] append(int number) {
    return requests.post(path(SampleCases.id(number)) + "/messages", token(number), MESSAGE);
  }

  /** Opens cases, each time in another user's name. */
  HttpCaller opening() {
    int[] next = {callers++};
    return caller(() -> open(next[0]++));
  }

  /** Opens a case of the owner of the case with this number. */
  byte[] open(int number) {
    return requests.post("/api/v1/cases", token(number), NEW_CASE);
  }

  /** Gives callers that bring fresh cases into their second and their last status. */
  Supplier<HttpCaller> changingStatus(int from, int to) {
    Iterator<Integer> numbers = IntStream.range(from, to).iterator();
    return () -> new Changing(numbers);
  }

  /** Begins to work at the fresh case with this number. */
  byte[] begin(int number) {
    return status(number, BEGIN_WORK);
  }

  private byte[] status(int number, String change) {
    return requests.post(path(SampleCases.freshId(number)) + "/status", token(number), change);
  }

  private HttpCaller caller(Supplier<byte[]> next) {
    return new HttpCaller() {
      @Override
      public byte[] next() {
        return next.get();
      }

      @Override
      public void answered(HttpAnswer answer) throws IOException {
        check(answer);
      }
    };
  }

  /** Too much load is a finding; everything else that is not a success ends the run. */
  private void check(HttpAnswer answer) throws IOException {
    if (answer.status() == 503) {
      refused++;
    } else {
      HttpRequests.requireSuccess(answer);
    }
  }

  private static String path(String caseId) {
    return "/api/v1/cases/" + caseId;
  }

  private String token(int number) {
    return tokens.get(number % tokens.size());
  }

  /** One connection that reads case after case. */
  private final class Once implements HttpCaller {
    private final Iterator<Integer> numbers;
    private final String path;

    Once(Iterator<Integer> numbers, String path) {
      this.numbers = numbers;
      this.path = path;
    }

    @Override
    public byte[] next() {
      return read(numbers.next(), path);
    }

    @Override
    public void answered(HttpAnswer answer) throws IOException {
      check(answer);
    }

    @Override
    public boolean hasNext() {
      return numbers.hasNext();
    }
  }

  /** One connection that takes case after case. */
  private final class Changing implements HttpCaller {
    private final Iterator<Integer> numbers;
    private int number;
    private boolean begun;

    Changing(Iterator<Integer> numbers) {
      this.numbers = numbers;
    }

    @Override
    public byte[] next() {
      if (begun) {
        return status(number, END_WORK);
      }
      number = numbers.next();
      return begin(number);
    }

    @Override
    public void answered(HttpAnswer answer) throws IOException {
      check(answer);
      begun = !begun && answer.status() / 100 == 2;
    }

    @Override
    public boolean hasNext() {
      return begun || numbers.hasNext();
    }
  }
}
