package com.faultmaven.local.demo;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The application log of {@link SampleData}'s afternoon, 13:30 to 15:10 UTC, of three pods. */
final class SampleLog {
  private static final Instant START = Instant.parse("2026-03-17T13:30:00Z");
  private static final int MINUTES = 100;
  private static final int ROLLOUT = 32; // minutes after the start: 14:02
  private static final int EXHAUSTED = 34;
  private static final int STORM = 48;
  private static final int HEARTBEAT = 61;
  private static final int ROLLBACK = 82;
  private static final int HEALTHY = 88;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private static final String CONTROLLER = "c.acme.orders.web.OrderController";
  private static final String POOL = "com.zaxxer.hikari.pool.HikariPool";
  private static final String REPOSITORY = "c.acme.orders.store.OrderRepository";
  private static final String PAYMENTS = "c.acme.orders.payment.PaymentClient";

  private static final List<String> OLD_PODS =
      List.of(
          "orders-api-6d8f9c7b5-4kq2m", "orders-api-6d8f9c7b5-9xw7t", "orders-api-6d8f9c7b5-zr5vn");
  private static final List<String> NEW_PODS =
      List.of(
          "orders-api-7c9d5f6b8-x2v4q", "orders-api-7c9d5f6b8-h8m3c", "orders-api-7c9d5f6b8-t6j9w");

  private final Random random = new Random(20260317);
  private final List<Line> lines = new ArrayList<>();
  private int orders = 481_200;

  /** A line, or several of a stack trace, of one instant. */
  private record Line(Instant at, String text) {}

  /** All lines, in the order of their time. */
  List<String> lines() {
    for (int minute = 0; minute < MINUTES; minute++) {
      ordinaryMinute(minute);
      if (minute >= EXHAUSTED && minute < HEALTHY) {
        failingMinute(minute);
      }
      if (minute >= STORM && minute < ROLLBACK + 2) {
        stormyMinute(minute);
      }
    }
    rollout();
    alert();
    rollback();
    lines.sort(Comparator.comparing(Line::at));
    return lines.stream().flatMap(line -> line.text().lines()).toList();
  }

  private boolean isFailing(int minute) {
    return minute >= EXHAUSTED && minute < HEALTHY;
  }

  private String pod(int minute) {
    List<String> pods = minute < ROLLOUT || minute >= ROLLBACK + 2 ? OLD_PODS : NEW_PODS;
    return pods.get(random.nextInt(pods.size()));
  }

  private Instant within(int minute) {
    return START.plusSeconds(60L * minute).plusMillis(random.nextInt(60_000));
  }

  private void add(Instant at, String level, String pod, String logger, String message) {
    add(at, level, pod, "exec-" + (1 + random.nextInt(48)), logger, message);
  }

  private void add(
      Instant at, String level, String pod, String thread, String logger, String message) {
    String trace = "%016x".formatted(random.nextLong());
    lines.add(
        new Line(
            at,
            "%s %-5s [%s] [%s] [trace=%s] %s - %s"
                .formatted(TIME.format(at), level, pod, thread, trace, logger, message)));
  }

  // --- an ordinary minute -----------------------------------------------------------------------

  private void ordinaryMinute(int minute) {
    boolean failing = isFailing(minute);
    int served = failing ? 8 : 30;
    for (int i = 0; i < served; i++) {
      served(minute, failing);
    }
    add(
        within(minute),
        "INFO",
        pod(minute),
        "heartbeat",
        "c.acme.orders.Heartbeat",
        heartbeat(minute));
    String statistics =
        failing
            ? "orders-pool stats (total=4, active=4, idle=0, waiting=%d)".formatted(waiting(minute))
            : poolStatistics(minute);
    add(within(minute), "DEBUG", pod(minute), "housekeeper", POOL, statistics);
    if (minute % 7 == 3) {
      customerTrouble(minute);
    }
    if (minute % 10 == 5) {
      add(
          within(minute),
          "INFO",
          pod(minute),
          "gc",
          "c.acme.orders.Memory",
          "heap %d MB of 768 MB after collection, pause %d ms"
              .formatted(280 + random.nextInt(60), 8 + random.nextInt(9)));
    }
  }

  private void served(int minute, boolean slow) {
    int millis = slow ? 2_000 + random.nextInt(27_000) : 18 + random.nextInt(70);
    String message =
        switch (random.nextInt(5)) {
          case 0 -> "POST /v1/orders 201 in %d ms, order ord-%d".formatted(millis, orders++);
          case 1 ->
              "GET /v1/orders/ord-%d 200 in %d ms".formatted(orders - random.nextInt(900), millis);
          case 2 ->
              "GET /v1/orders?customer=c-%d 200 in %d ms"
                  .formatted(10_000 + random.nextInt(9_000), millis);
          case 3 ->
              "PUT /v1/orders/ord-%d/items 200 in %d ms"
                  .formatted(orders - random.nextInt(900), millis);
          default ->
              "POST /v1/orders/ord-%d/payments 202 in %d ms"
                  .formatted(orders - random.nextInt(90), millis);
        };
    add(
        within(minute),
        slow ? "WARN" : "INFO",
        pod(minute),
        CONTROLLER,
        slow ? "slow: " + message : message);
  }

  private String poolStatistics(int minute) {
    boolean small = minute >= ROLLOUT && minute < ROLLBACK;
    int total = small ? 4 : 40;
    int active = small ? 4 : 9 + random.nextInt(8);
    return "orders-pool stats (total=%d, active=%d, idle=%d, waiting=0)"
        .formatted(total, active, total - active);
  }

  private int waiting(int minute) {
    int since = Math.min(minute, ROLLBACK) - EXHAUSTED;
    return 20 + 9 * since + random.nextInt(25);
  }

  private String heartbeat(int minute) {
    return minute >= HEARTBEAT && minute < ROLLBACK + 2
        ? "heartbeat not written: no connection within 30000 ms"
        : "heartbeat written in %d ms"
            .formatted(isFailing(minute) ? 9_000 + random.nextInt(20_000) : 3 + random.nextInt(5));
  }

  /** Lines that should never have been logged like this: they hold personal data. */
  private void customerTrouble(int minute) {
    int customer = 10_000 + random.nextInt(9_000);
    add(
        within(minute),
        "WARN",
        pod(minute),
        "c.acme.orders.mail.Receipts",
        "receipt for customer c-%d (buyer%d@mail.example) was deferred by the mail server, code 451"
            .formatted(customer, customer));
  }

  // --- what goes wrong --------------------------------------------------------------------------

  private void failingMinute(int minute) {
    for (int i = 0; i < 9; i++) {
      Instant at = within(minute);
      String pod = pod(ROLLOUT);
      add(
          at,
          "ERROR",
          pod,
          REPOSITORY,
          "orders-pool - Connection is not available, request timed out after 30%03dms (total=4, active=4, idle=0, waiting=%d)"
              .formatted(random.nextInt(20), waiting(minute)));
      if (i % 3 == 0) {
        stackTrace(at);
      }
      add(
          at.plusMillis(2),
          "ERROR",
          pod,
          CONTROLLER,
          "POST /v1/orders 500 in 30%03d ms, order not stored".formatted(10 + random.nextInt(80)));
    }
    if (minute % 5 == 0) {
      add(
          within(minute),
          "WARN",
          pod(ROLLOUT),
          "leak-detector",
          "com.zaxxer.hikari.pool.ProxyLeakTask",
          "connection has been held for more than 20000 ms by exec-%d"
              .formatted(1 + random.nextInt(48)));
    }
  }

  private void stackTrace(Instant at) {
    lines.add(
        new Line(
            at.plusMillis(1),
            """
            java.sql.SQLTransientConnectionException: orders-pool - Connection is not available, request timed out after 30000ms.
            \tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:686)
            \tat com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:182)
            \tat com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:112)
            \tat com.acme.orders.store.OrderRepository.save(OrderRepository.java:71)
            \tat com.acme.orders.OrderService.place(OrderService.java:48)
            \tat com.acme.orders.web.OrderController.create(OrderController.java:63)"""));
  }

  private void stormyMinute(int minute) {
    for (int i = 0; i < 10; i++) {
      add(
          within(minute),
          "WARN",
          pod(ROLLOUT),
          PAYMENTS,
          "payment callback for ord-%d timed out after 5000 ms, retry %d of 10 without back-off"
              .formatted(orders - random.nextInt(90), 1 + random.nextInt(10)));
    }
    for (int i = 0; i < 4; i++) {
      add(
          within(minute),
          "ERROR",
          pod(ROLLOUT),
          "http-acceptor",
          "o.apache.tomcat.util.threads.Executor",
          "request rejected, 48 of 48 threads busy, queue full (200): 503 Service Unavailable");
    }
  }

  private void rollout() {
    Instant at = START.plusSeconds(60L * ROLLOUT);
    for (String pod : NEW_PODS) {
      add(
          at,
          "INFO",
          pod,
          "main",
          "c.acme.orders.Application",
          "starting orders-api 4.12.0 (was 4.11.3), commit 8f2c41d, profile production");
      add(
          at.plusMillis(820),
          "INFO",
          pod,
          "main",
          "com.zaxxer.hikari.HikariDataSource",
          "orders-pool - starting: maximumPoolSize=4 (was 40), connectionTimeout=30000 (was 3000)");
      add(
          at.plusMillis(1_370),
          "WARN",
          pod,
          "main",
          "c.acme.orders.Configuration",
          "server.tomcat.threads.max=48 is larger than the connection pool (4): requests may have to wait");
      add(
          at.plusMillis(4_100),
          "INFO",
          pod,
          "main",
          "c.acme.orders.Application",
          "started in 4.1 s, listening on 8080");
      at = at.plusSeconds(22);
    }
    for (String pod : OLD_PODS) {
      add(
          at,
          "INFO",
          pod,
          "main",
          "c.acme.orders.Application",
          "SIGTERM received, draining 12 requests, stopped");
      at = at.plusSeconds(9);
    }
  }

  private void alert() {
    Instant at = START.plusSeconds(60L * HEARTBEAT + 4);
    add(
        at,
        "ERROR",
        NEW_PODS.getFirst(),
        "heartbeat",
        "c.acme.orders.Heartbeat",
        "FATAL: no heartbeat for 60 s, alert OrdersHeartbeatMissing raised, on-call is paged");
    for (int i = 0; i < 3; i++) {
      Instant probed = at.plusSeconds(75 + 140L * i);
      String pod = NEW_PODS.get(i);
      add(
          probed,
          "ERROR",
          pod,
          "probe",
          "c.acme.orders.Liveness",
          "liveness probe failed 3 times: GET /actuator/health timed out after 1000 ms; the container will be restarted");
      add(
          probed.plusSeconds(9),
          "INFO",
          pod,
          "main",
          "c.acme.orders.Application",
          "starting orders-api 4.12.0, restart %d, profile production".formatted(i + 1));
    }
  }

  private void rollback() {
    Instant at = START.plusSeconds(60L * ROLLBACK);
    for (String pod : OLD_PODS) {
      add(
          at,
          "INFO",
          pod,
          "main",
          "c.acme.orders.Application",
          "starting orders-api 4.11.3 (rollback by on-call), commit 51be09a, profile production");
      add(
          at.plusMillis(790),
          "INFO",
          pod,
          "main",
          "com.zaxxer.hikari.HikariDataSource",
          "orders-pool - starting: maximumPoolSize=40, connectionTimeout=3000");
      at = at.plusSeconds(25);
    }
    add(
        START.plusSeconds(60L * HEALTHY),
        "INFO",
        OLD_PODS.getFirst(),
        "heartbeat",
        "c.acme.orders.Heartbeat",
        "heartbeat written in 4 ms, alert OrdersHeartbeatMissing resolved");
  }
}
