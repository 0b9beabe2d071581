package com.faultmaven.local.demo;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Seven series of {@link SampleData}'s day, one value every 30 seconds. */
final class SampleMetrics {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-17T00:00:00Z");
  private static final int STEP_SECONDS = 30;
  private static final int STEPS = 24 * 60 * 60 / STEP_SECONDS;
  private static final int ROLLOUT = 14 * 60 + 2; // minutes of the day
  private static final int EXHAUSTED = 14 * 60 + 4;
  private static final int STORM = 14 * 60 + 18;
  private static final int ROLLBACK = 14 * 60 + 52;
  private static final int HEALTHY = 14 * 60 + 58;

  private final Random random = new Random(20260317);

  /** A header and 2,880 rows. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(STEPS + 1);
    lines.add(
        "timestamp,requests_per_second,errors_per_second,latency_p95_ms,pool_active,pool_waiting,"
            + "heap_used_mb,cpu_percent");
    for (int step = 0; step < STEPS; step++) {
      lines.add(row(step));
    }
    return lines;
  }

  private String row(int step) {
    double minute = step * STEP_SECONDS / 60.0;
    boolean small = minute >= ROLLOUT && minute < ROLLBACK;
    boolean failing = minute >= EXHAUSTED && minute < HEALTHY;
    boolean storm = minute >= STORM && minute < ROLLBACK;
    double day = 0.55 - 0.45 * Math.cos(2 * Math.PI * (minute - 120) / 1440);
    double requests = 20 + 100 * day + noise(4) + (storm ? 140 : 0);
    double errors = failing ? requests * (storm ? 0.72 : 0.45) + noise(3) : Math.abs(noise(0.05));
    double latency = failing ? 29_800 + noise(150) : 52 + 30 * day + noise(5) + nightlyJob(minute);
    double active = small ? 4 : 4 + 11 * day + noise(1);
    double waiting = failing ? Math.min(420, 9 * (minute - EXHAUSTED) + 20) + noise(12) : 0;
    double heap = 290 + 40 * day + 18 * (step % 40) / 40.0 + (failing ? 190 : 0) + noise(6);
    double cpu = 14 + 30 * day + noise(2) + (storm ? 38 : 0);
    return String.format(
        Locale.ROOT,
        "%s,%.1f,%.2f,%.0f,%.0f,%.0f,%.0f,%.1f",
        DateTimeFormatter.ISO_INSTANT.format(MIDNIGHT.plusSeconds((long) step * STEP_SECONDS)),
        Math.max(0, requests),
        Math.max(0, errors),
        latency,
        Math.max(0, active),
        Math.max(0, waiting),
        heap,
        Math.min(100, cpu));
  }

  /** A report at 03:00 makes one short, harmless spike every day. */
  private double nightlyJob(double minute) {
    return minute >= 180 && minute < 182 ? 310 : 0;
  }

  private double noise(double deviation) {
    return deviation * random.nextGaussian();
  }
}
