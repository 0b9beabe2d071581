package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.DataType.METRICS_AND_PERFORMANCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class MetricsExtractionTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SAMPLES = 2_016;

  @Test
  void findsSpikeOnTopOfTrendAndDailySeason() throws IOException {
    Extraction found = extract(i -> season(i) + 0.01 * i + (i == 1_000 ? 60 : 0));

    assertThat(found.insights().getFirst()).startsWith("value: spike " + time(1_000));
    assertThat(found.summary()).contains("2,016 samples", "1 series", "1 anomaly");
    assertThat(found.fullExtraction()).contains("trend rising by");
  }

  @Test
  void findsDrop() throws IOException {
    Extraction found = extract(i -> 100 + (i >= 500 && i < 503 ? -70 : 0));

    assertThat(found.insights().getFirst()).startsWith("value: drop " + time(500));
  }

  @Test
  void findsLevelShift() throws IOException {
    Extraction found = extract(i -> i < 900 ? 20 : 55);

    assertThat(found.insights()).anyMatch(text -> text.contains("level shift"));
    assertThat(found.insights()).noneMatch(text -> text.contains("spike"));
  }

  @Test
  void findsGapAndFlatLine() throws IOException {
    StringBuilder csv = new StringBuilder("time,value\n");
    Random noise = new Random(3);
    for (int i = 0; i < SAMPLES; i++) {
      if (i < 300 || i > 330) {
        double value = i >= 800 && i < 900 ? 42 : 40 + noise.nextGaussian();
        csv.append(time(i)).append(',').append(value).append('\n');
      }
    }

    Extraction found = Samples.extract(csv.toString(), "a.csv", METRICS_AND_PERFORMANCE);

    assertThat(found.insights()).anyMatch(text -> text.contains("gap " + time(299)));
    assertThat(found.insights()).anyMatch(text -> text.contains("flat line"));
  }

  @Test
  void callsQuietSeriesQuiet() throws IOException {
    Extraction found = extract(i -> season(i));

    assertThat(found.summary()).contains("0 anomalies");
  }

  @Test
  void tellsSeriesApartByTheirLabels() throws IOException {
    Extraction found = Samples.extract("cpu.csv", METRICS_AND_PERFORMANCE);

    assertThat(found.summary()).contains("12 samples, 4 series");
    assertThat(found.fullExtraction())
        .contains("cpu{host=web-1}: n 3, mean 10.60", "memory{host=web-2}: n 3, mean 511");
  }

  @Test
  void readsPrometheusText() throws IOException {
    Extraction found = Samples.extract("metrics.prom", METRICS_AND_PERFORMANCE);

    assertThat(found.fullExtraction())
        .contains("up{job=\"api\"}: 0", "http_requests_total{method=\"post\",code=\"200\"}: 1027");
  }

  @Test
  void readsAnswerOfPrometheusQuery() throws IOException {
    Extraction found = Samples.extract("range.json", METRICS_AND_PERFORMANCE);

    assertThat(found.summary()).contains("8 samples, 2 series, JSON, 2026-01-01T00:00:00Z");
    assertThat(found.fullExtraction()).contains("up{job=api}: n 4, mean 0.7500");
  }

  @Test
  void readsJsonLinesWithNestedNumbers() throws IOException {
    Extraction found = Samples.extract("samples.jsonl", METRICS_AND_PERFORMANCE);

    assertThat(found.fullExtraction())
        .contains("cpu{host=a}: n 3, mean 12.50", "memory.used{host=a}: n 3, mean 513");
  }

  private static Extraction extract(IntToDoubleFunction values) throws IOException {
    StringBuilder csv = new StringBuilder("timestamp,value\n");
    Random noise = new Random(7);
    for (int i = 0; i < SAMPLES; i++) {
      csv.append(time(i)).append(',');
      csv.append(values.applyAsDouble(i) + noise.nextGaussian()).append('\n');
    }
    return Samples.extract(csv.toString(), "a.csv", METRICS_AND_PERFORMANCE);
  }

  private static double season(int sample) {
    return 50 + 20 * Math.sin(2 * Math.PI * sample / 288);
  }

  private static Instant time(int sample) {
    return START.plusSeconds(300L * sample);
  }
}
