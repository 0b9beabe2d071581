package com.faultmaven.artifact.preprocess.extract.config;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.PreprocessingLimits;
import com.faultmaven.artifact.preprocess.TextCleaner;
import com.faultmaven.artifact.preprocess.extract.Extractor;
import com.faultmaven.artifact.preprocess.extract.Report;
import com.faultmaven.artifact.preprocess.extract.Texts;
import com.faultmaven.artifact.preprocess.text.DecodedText;
import com.faultmaven.artifact.preprocess.text.Lines;
import com.faultmaven.artifact.preprocess.text.TextDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Configuration: its tree with secrets masked, what is suspicious in it, and what changed since the
 * case's previous version of the same file (preprocessing.md, structured_config).
 */
public final class ConfigurationExtractor implements Extractor {
  private static final int SHOWN_VALUE = 200;
  private static final int DIFFERENCE_ROOM = 3_000;
  private static final int SUSPICIOUS_ROOM = 2_000;

  private final ConfigFormats formats;

  /** Takes the bounds: values, depth, aliases. */
  public ConfigurationExtractor(PreprocessingLimits limits) {
    formats = new ConfigFormats(limits);
  }

  @Override
  public Extraction extract(Path file, String filename, ExtractionContext context)
      throws IOException {
    // The syntax is read before cleaning: what stands for a secret afterwards would break it.
    // Every section is cleaned whole, before its lines are cut.
    DecodedText decoded = TextDecoder.decode(file);
    // What the file holds is counted over its whole text: of masked settings nothing is left to
    // find.
    context.cleaner().clean(decoded.text());
    ConfigTree tree = formats.read(decoded.text(), filename);
    Report report = new Report("configuration_analysis", context.cleaner());
    report.fact(decoded.remark());
    List<String> suspicious = SuspiciousSettings.of(tree);
    summary(report, tree, suspicious);
    if (context.previousVersion() != null) {
      difference(
          report, formats.read(context.previousVersion(), filename), tree, context.cleaner());
    }
    tree.problems().stream().limit(3).forEach(report::insight);
    suspicious.stream().limit(7).forEach(finding -> report.insight("Suspicious: " + finding));
    areas(tree).forEach(report::fact);
    report.section("Problems", String.join("\n", tree.problems()));
    report.section("Suspicious settings", lines(suspicious, SUSPICIOUS_ROOM, context.cleaner()));
    settings(report, tree, decoded.text(), context.cleaner());
    return report.build();
  }

  private static void summary(Report report, ConfigTree tree, List<String> suspicious) {
    String documents = tree.documents() > 1 ? " in " + tree.documents() + " documents" : "";
    String size = tree.format() + ", " + Texts.count(tree.settings().size(), "setting") + documents;
    report.summary(size + ".");
    report.fact(size);
    if (!tree.problems().isEmpty()) {
      report.summary("Problem: " + tree.problems().getFirst() + ".");
    }
    report.summary(
        suspicious.isEmpty()
            ? "No suspicious settings."
            : suspicious.size() + " suspicious, such as " + suspicious.getFirst() + ".");
  }

  private static void difference(
      Report report, ConfigTree before, ConfigTree after, TextCleaner cleaner) {
    ConfigDifference difference = ConfigDifference.between(before, after);
    String counts =
        Texts.format(
            "%d changed, %d added, %d removed since the previous version",
            difference.changed(), difference.added(), difference.removed());
    if (difference.isEmpty()) {
      report.summary("Nothing changed since the previous version.");
      report.insight("Nothing changed since the previous version of this file");
      return;
    }
    report.summary(counts + ", such as " + difference.changes().getFirst() + ".");
    report.insight(counts);
    difference.changes().stream().limit(4).forEach(report::insight);
    report.section(
        "Changes since the previous version",
        counts + "\n" + lines(difference.changes(), DIFFERENCE_ROOM, cleaner));
  }

  private static void settings(Report report, ConfigTree tree, String text, TextCleaner cleaner) {
    if (tree.settings().isEmpty()) {
      report.section("Text", text(text, report.room() - 200, cleaner));
      return;
    }
    List<String> all =
        tree.settings().values().stream()
            .map(setting -> setting.path() + " = " + setting.shown())
            .toList();
    report.section("Settings", lines(all, Math.max(500, report.room() - 100), cleaner));
  }

  // Cleaned as one text, so that the same secret is the same tag, and cut afterwards.
  private static String lines(List<String> all, int room, TextCleaner cleaner) {
    Lines clean = new Lines(cleaner.clean(String.join("\n", all)));
    StringBuilder text = new StringBuilder();
    int shown = 0;
    while (shown < clean.count() && text.length() < room - SHOWN_VALUE - 60) {
      text.append(Texts.cut(clean.line(shown++), SHOWN_VALUE)).append('\n');
    }
    int more = clean.count() - shown;
    return more > 0
        ? text + "[" + Texts.count(more, "further line") + " left out]"
        : text.toString();
  }

  // Text that no format fits; values after names that speak of secrets are masked line by line.
  private static String text(String text, int room, TextCleaner cleaner) {
    List<String> masked =
        cleaner.clean(text).lines().limit(2_000).map(ConfigurationExtractor::masked).toList();
    return lines(masked, Math.max(500, room), plain -> plain);
  }

  private static String masked(String line) {
    int equals = line.indexOf('=');
    int colon = line.indexOf(':');
    int end = equals > 0 && (colon < 0 || equals < colon) ? equals : colon;
    if (end <= 0 || end > 200) {
      return line;
    }
    String name = line.substring(0, end).strip();
    String value = line.substring(end + 1).strip();
    return SecretKeys.isSecret(name.replace(' ', '.'), value)
        ? line.substring(0, end + 1) + " " + Setting.MASK
        : line;
  }

  private static List<String> areas(ConfigTree tree) {
    Map<String, Long> areas =
        tree.settings().keySet().stream()
            .map(path -> path.split("[.\\[]", 2)[0])
            .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    String names =
        areas.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(8)
            .map(area -> area.getKey() + " (" + area.getValue() + ")")
            .collect(Collectors.joining(", "));
    long masked = tree.settings().values().stream().filter(Setting::secret).count();
    return List.of("Areas: " + names, Texts.count(masked, "secret") + " masked");
  }
}
