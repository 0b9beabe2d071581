package com.faultmaven.artifact.preprocess.extract.logs;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.PreprocessingLimits;
import com.faultmaven.artifact.preprocess.extract.CleanText;
import com.faultmaven.artifact.preprocess.extract.Extractor;
import com.faultmaven.artifact.preprocess.extract.Report;
import com.faultmaven.artifact.preprocess.extract.Texts;
import com.faultmaven.artifact.preprocess.extract.logs.Bursts.Burst;
import com.faultmaven.artifact.preprocess.text.Level;
import com.faultmaven.artifact.preprocess.text.Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Logs: goes to the most severe failure and its first cause in time, shows what is around them, and
 * puts the repeated rest together as templates with counts (preprocessing.md, logs_and_errors).
 */
public final class CrimeSceneExtractor implements Extractor {
  private static final int SHOWN_RECORD = 900;
  private static final int SHOWN_TEMPLATE = 160;
  private static final int SHOWN_TEMPLATES = 12;
  private static final int SHOWN_BURSTS = 8;
  private static final int TEMPLATES_ROOM = 2_200;

  private final PreprocessingLimits limits;

  /** Takes the bounds: lines of context, size of a burst, number of templates. */
  public CrimeSceneExtractor(PreprocessingLimits limits) {
    this.limits = limits;
  }

  @Override
  public Extraction extract(Path file, String filename, ExtractionContext context)
      throws IOException {
    CleanText clean = CleanText.of(file, context);
    String records = JsonArray.toLines(clean.text());
    LogScan scan =
        new LogScan(new Lines(records == null ? clean.text() : records), limits.maxTemplates());
    Scene scene = Scene.of(scan);
    Report report = new Report("crime_scene");
    report.fact(facts(scan));
    report.fact("Levels: " + histogram(scan));
    report.fact(clean.remark());
    report.section("Overview", overview(scan, clean, records != null));
    if (scene.hasFailure()) {
      failure(report, scan, scene);
    } else {
      quiet(report, scan);
    }
    return report.build();
  }

  private void failure(Report report, LogScan scan, Scene scene) {
    Bursts bursts = Bursts.of(scene.failures(), limits.burstErrors(), limits.burstLines());
    String worst = scan.message(scene.worst());
    report.summary(facts(scan) + ".");
    report.summary(
        Texts.format(
            "Most severe: %s at line %,d: %s.",
            name(scan, scene.worst()), scene.worst() + 1, Texts.cut(worst, 160)));
    summarizeCause(report, scan, scene);
    report.summary(Texts.count(scene.failures().length, "failure") + bursts(bursts) + ".");
    insights(report, scan, scene, bursts);
    report.section("Most severe failure", record(scan, scene.worst()));
    cause(report, scan, scene);
    report.section("Bursts of failures", bursts(scan, bursts));
    report.section("First and last failure", ends(scan, scene));
    String templates = templates(scan, TEMPLATES_ROOM);
    window(report, scan, scene, bursts, templates.length() + 30);
    report.section("Messages by template", templates);
  }

  private static void summarizeCause(Report report, LogScan scan, Scene scene) {
    String root = scene.rootCause(scan);
    if (!root.isEmpty()) {
      report.summary("Caused by " + Texts.cut(root, 110) + ".");
    } else if (scene.cause() != scene.worst()) {
      report.summary(
          Texts.format(
              "First in its chain: line %,d: %s.",
              scene.cause() + 1, Texts.cut(scan.message(scene.cause()), 110)));
    }
  }

  private static void cause(Report report, LogScan scan, Scene scene) {
    String root = scene.rootCause(scan);
    StringBuilder text = new StringBuilder();
    if (!root.isEmpty()) {
      text.append("Root of its stack trace: ").append(Texts.cut(root, 400)).append('\n');
    }
    if (scene.cause() != scene.worst()) {
      text.append("First trouble that led to it:\n").append(record(scan, scene.cause()));
    }
    report.section("First cause", text.toString());
  }

  private void insights(Report report, LogScan scan, Scene scene, Bursts bursts) {
    report.insight(
        Texts.format(
            "%s at line %,d%s: %s",
            name(scan, scene.worst()),
            scene.worst() + 1,
            at(scan, scene.worst()),
            Texts.cut(scan.message(scene.worst()), 200)));
    String root = scene.rootCause(scan);
    report.insight(root.isEmpty() ? "" : "Root cause in the stack trace: " + root);
    if (scene.cause() != scene.worst()) {
      report.insight(
          Texts.format(
              "Trouble began at line %,d%s: %s",
              scene.cause() + 1,
              at(scan, scene.cause()),
              Texts.cut(scan.message(scene.cause()), 200)));
    }
    bursts.bursts().stream()
        .max(Comparator.comparingInt(Burst::failures))
        .ifPresent(burst -> report.insight("Largest burst: " + describe(scan, burst)));
    failureTemplates(scan, scene).stream()
        .limit(4)
        .forEach(
            template ->
                report.insight(
                    Texts.format(
                        "%,d times: %s",
                        scan.templates().count(template),
                        Texts.cut(scan.templates().text(template), 200))));
    report.insight("Levels: " + histogram(scan));
  }

  private static List<Integer> failureTemplates(LogScan scan, Scene scene) {
    return Arrays.stream(scene.failures())
        .map(scan::template)
        .distinct()
        .boxed()
        .sorted(Comparator.comparingInt((Integer t) -> scan.templates().count(t)).reversed())
        .toList();
  }

  private void window(Report report, LogScan scan, Scene scene, Bursts bursts, int reserved) {
    int last = scan.lines().count() - 1;
    int low = Math.min(scene.cause(), scene.worst());
    int from = Math.max(0, scene.worst() - limits.contextLines());
    int to = Math.min(last, scene.worst() + limits.contextLines());
    Burst burst = bursts.around(scene.worst());
    if (burst != null) {
      from = Math.max(0, Math.min(Math.min(low, from), burst.from() - limits.contextLines()));
      to = Math.min(last, Math.max(to, burst.to() + limits.contextLines()));
    }
    int room = Math.max(800, report.room() - reserved - 300);
    Window.Shown shown = Window.around(scan, scene.worst(), from, to, room);
    report.section(
        Texts.format("Context: lines %,d to %,d", shown.from(), shown.to()),
        shown.text() + leftOut(scan, shown.from(), shown.to()));
  }

  private void quiet(Report report, LogScan scan) {
    report.summary(facts(scan) + ".");
    int warnings = scan.histogram().getOrDefault(Level.WARN, 0);
    report.summary(
        "No failure found" + (warnings > 0 ? "; " + Texts.count(warnings, "warning") : "") + ".");
    report.insight("No error or worse in " + Texts.count(scan.records(), "record"));
    byCount(scan).stream()
        .limit(5)
        .forEach(
            template ->
                report.insight(
                    Texts.format(
                        "%,d times: %s",
                        scan.templates().count(template),
                        Texts.cut(scan.templates().text(template), 200))));
    String templates = templates(scan, TEMPLATES_ROOM);
    int count = scan.lines().count();
    if (count > 0) {
      int from = Math.max(0, count - limits.tailLines());
      int room = Math.max(800, report.room() - templates.length() - 200);
      Window.Shown shown = Window.around(scan, count - 1, from, count - 1, room);
      report.section(
          Texts.format("Last lines: %,d to %,d", shown.from(), shown.to()),
          shown.text() + leftOut(scan, shown.from(), shown.to()));
    }
    report.section("Messages by template", templates);
  }

  private static String leftOut(LogScan scan, int from, int to) {
    int count = scan.lines().count();
    List<String> ranges = new ArrayList<>();
    if (from > 1) {
      ranges.add(Texts.format("1 to %,d", from - 1));
    }
    if (to < count) {
      ranges.add(Texts.format("%,d to %,d", to + 1, count));
    }
    return ranges.isEmpty() ? "" : "\n[left out: lines " + String.join(", ", ranges) + "]";
  }

  private static String overview(LogScan scan, CleanText clean, boolean json) {
    StringBuilder text = new StringBuilder();
    text.append(Texts.count(scan.lines().count(), json ? "JSON record" : "line")).append(", ");
    text.append(Texts.count(scan.records(), "record")).append('\n');
    text.append("time range: ").append(range(scan)).append('\n');
    text.append("levels: ").append(histogram(scan));
    if (!clean.remark().isEmpty()) {
      text.append("\nencoding: ").append(clean.remark());
    }
    return text.toString();
  }

  private static String facts(LogScan scan) {
    String lines = Texts.count(scan.lines().count(), "line");
    return scan.earliest() == null ? lines + " without timestamps" : lines + ", " + range(scan);
  }

  private static String range(LogScan scan) {
    if (scan.earliest() == null || scan.latest() == null) {
      return "unknown";
    }
    return scan.earliest().text() + " to " + scan.latest().text();
  }

  private static String histogram(LogScan scan) {
    return scan.histogram().entrySet().stream()
        .sorted((a, b) -> b.getKey().compareTo(a.getKey()))
        .map(entry -> Texts.format("%s %,d", name(entry.getKey()), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String name(LogScan scan, int line) {
    return name(scan.level(line));
  }

  private static String name(Level level) {
    return level == Level.UNKNOWN ? "no level" : level.name().toLowerCase(Locale.ROOT);
  }

  private static String at(LogScan scan, int line) {
    String time = scan.timeText(line);
    return time.isEmpty() ? "" : " (" + time + ")";
  }

  private static String record(LogScan scan, int line) {
    StringBuilder text = new StringBuilder();
    int end = scan.recordEnd(line);
    int shown = line;
    while (shown < end && text.length() < SHOWN_RECORD) {
      text.append(shown + 1).append(": ").append(scan.lines().shown(shown, 400)).append('\n');
      shown++;
    }
    if (shown < end) {
      text.append("[left out: lines ").append(shown + 1).append(" to ").append(end).append("]\n");
    }
    return text.toString();
  }

  private static String bursts(Bursts bursts) {
    int count = bursts.bursts().size();
    return count == 0 ? "" : " with " + Texts.count(count, "burst");
  }

  private static String bursts(LogScan scan, Bursts bursts) {
    List<Burst> all = bursts.bursts();
    String text =
        all.stream()
            .sorted(Comparator.comparingInt(Burst::failures).reversed())
            .limit(SHOWN_BURSTS)
            .map(burst -> describe(scan, burst))
            .collect(Collectors.joining("\n"));
    int more = all.size() - SHOWN_BURSTS;
    return more > 0 ? text + "\n[" + Texts.count(more, "smaller burst") + " left out]" : text;
  }

  private static String describe(LogScan scan, Burst burst) {
    return Texts.format(
        "%s in lines %,d to %,d%s",
        Texts.count(burst.failures(), "failure"),
        burst.from() + 1,
        burst.to() + 1,
        at(scan, burst.from()));
  }

  private static String ends(LogScan scan, Scene scene) {
    int[] failures = scene.failures();
    if (failures.length < 2) {
      return "";
    }
    return "first "
        + ended(scan, failures[0])
        + "\nlast "
        + ended(scan, failures[failures.length - 1]);
  }

  private static String ended(LogScan scan, int line) {
    return Texts.format(
        "at line %,d%s: %s", line + 1, at(scan, line), Texts.cut(scan.message(line), 300));
  }

  private static List<Integer> byCount(LogScan scan) {
    return IntStream.range(0, scan.templates().size())
        .filter(template -> scan.templates().count(template) > 0)
        .boxed()
        .sorted(Comparator.comparingInt((Integer t) -> scan.templates().count(t)).reversed())
        .toList();
  }

  private static String templates(LogScan scan, int room) {
    List<Integer> all = byCount(scan);
    StringBuilder text = new StringBuilder();
    int shown = 0;
    while (shown < Math.min(SHOWN_TEMPLATES, all.size()) && text.length() < room - 200) {
      int template = all.get(shown++);
      text.append(Texts.format("%,7d  ", scan.templates().count(template)));
      text.append(Texts.cut(scan.templates().text(template), SHOWN_TEMPLATE)).append('\n');
    }
    int more = all.size() - shown;
    return more > 0
        ? text + "[" + Texts.count(more, "rarer template") + " left out]"
        : text.toString();
  }
}
