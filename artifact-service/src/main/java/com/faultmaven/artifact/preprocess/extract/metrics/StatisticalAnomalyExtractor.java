package com.faultmaven.artifact.preprocess.extract.metrics;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.PreprocessingLimits;
import com.faultmaven.artifact.preprocess.extract.Extractor;
import com.faultmaven.artifact.preprocess.extract.Report;
import com.faultmaven.artifact.preprocess.extract.Texts;
import com.faultmaven.artifact.preprocess.text.DecodedText;
import com.faultmaven.artifact.preprocess.text.Lines;
import com.faultmaven.artifact.preprocess.text.TextDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Metrics: every series in figures, and what is unusual in it with time, value and score
 * (preprocessing.md, metrics_and_performance).
 */
public final class StatisticalAnomalyExtractor implements Extractor {
  private static final String METHOD = "statistical_anomalies";
  private static final int SHOWN_ANOMALIES = 6;
  private static final int TOP_SERIES = 40;

  private final PreprocessingLimits limits;

  /** Takes the bounds: how many series, how many samples. */
  public StatisticalAnomalyExtractor(PreprocessingLimits limits) {
    this.limits = limits;
  }

  /** An anomaly with the series that it is of. */
  private record Event(SeriesFacts facts, Anomaly anomaly) {
    String text() {
      return facts.series().name() + ": " + facts.describe(anomaly);
    }
  }

  @Override
  public Extraction extract(Path file, String filename, ExtractionContext context)
      throws IOException {
    // Numbers are read before cleaning, which may take a number for something else; names and
    // labels are cleaned in the report, before it is cut.
    DecodedText decoded = TextDecoder.decode(file);
    SeriesSet set = new SeriesSet(limits.maxSeries(), limits.maxPoints());
    String format = read(decoded.text(), set);
    List<SeriesFacts> all =
        set.all().stream()
            .map(SeriesFacts::of)
            .sorted(Comparator.comparingDouble(SeriesFacts::strongest).reversed())
            .toList();
    Report report = new Report(METHOD, context.cleaner());
    report.fact(decoded.remark());
    if (all.isEmpty()) {
      report.summary("No series of numbers found in " + format + ".");
      report.section("First lines", head(decoded.text()));
      return report.build();
    }
    report(report, all, set, format);
    return report.build();
  }

  private static String read(String text, SeriesSet set) {
    Lines lines = new Lines(text);
    String start = text.substring(0, Math.min(200, text.length())).stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      return new JsonSamples(set).read(text) ? "JSON" : "JSON that breaks off";
    }
    if (PrometheusText.matches(lines)) {
      PrometheusText.read(lines, set);
      return "Prometheus text";
    }
    new CsvTable(lines).read(set);
    return "a table of values";
  }

  private static String head(String text) {
    Lines lines = new Lines(text);
    StringBuilder head = new StringBuilder();
    for (int i = 0; i < Math.min(20, lines.count()); i++) {
      head.append(lines.shown(i, 300)).append('\n');
    }
    return head.toString();
  }

  private static void report(Report report, List<SeriesFacts> all, SeriesSet set, String format) {
    List<Event> events = events(all);
    String size =
        Texts.format(
            "%s, %s, %s%s", Texts.count(set.points(), "sample"), series(all), format, range(all));
    report.summary(size + ".");
    report.summary(Texts.count(events.size(), "anomaly").replace("anomalys", "anomalies") + ".");
    events.stream().limit(2).forEach(event -> report.summary(event.text() + "."));
    events.stream().limit(8).forEach(event -> report.insight(event.text()));
    all.stream()
        .filter(one -> !one.recurring().isEmpty())
        .limit(2)
        .forEach(one -> report.insight(one.series().name() + ": recurring " + one.recurring()));
    report.fact(size);
    all.stream().limit(3).forEach(one -> report.fact(one.series().name() + ": " + one.figures()));
    report.section("Overview", size + dropped(set));
    report.section("Series", figures(all));
  }

  private static List<Event> events(List<SeriesFacts> all) {
    List<Event> events = new ArrayList<>();
    for (SeriesFacts facts : all) {
      facts.anomalies().forEach(anomaly -> events.add(new Event(facts, anomaly)));
    }
    events.sort(Comparator.comparingDouble((Event event) -> event.anomaly().score()).reversed());
    return events;
  }

  private static String series(List<SeriesFacts> all) {
    return all.size() + " series";
  }

  private static String dropped(SeriesSet set) {
    return set.dropped() == 0
        ? ""
        : "\n[" + Texts.count(set.dropped(), "sample") + " beyond the bounds left out]";
  }

  private static String range(List<SeriesFacts> all) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (SeriesFacts facts : all) {
      Series series = facts.series();
      if (series.timed()) {
        first = Math.min(first, series.time(0));
        last = Math.max(last, series.time(series.size() - 1));
      }
    }
    return first > last
        ? ""
        : ", " + Instant.ofEpochMilli(first) + " to " + Instant.ofEpochMilli(last);
  }

  private static String figures(List<SeriesFacts> all) {
    StringBuilder text = new StringBuilder();
    for (SeriesFacts facts : all.subList(0, Math.min(TOP_SERIES, all.size()))) {
      text.append(facts.series().name()).append(": ");
      boolean single = facts.series().size() == 1;
      text.append(single ? Texts.number(facts.max()) : facts.figures()).append('\n');
      if (!facts.recurring().isEmpty()) {
        text.append("  recurring: ").append(facts.recurring()).append('\n');
      }
      facts.anomalies().stream()
          .sorted(Comparator.comparingDouble(Anomaly::score).reversed())
          .limit(SHOWN_ANOMALIES)
          .sorted(Comparator.comparingInt(Anomaly::from))
          .forEach(anomaly -> text.append("  - ").append(facts.describe(anomaly)).append('\n'));
    }
    int more = all.size() - TOP_SERIES;
    return more > 0 ? text + "[" + more + " further series left out]" : text.toString();
  }
}
