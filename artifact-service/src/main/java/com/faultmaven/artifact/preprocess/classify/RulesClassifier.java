package com.faultmaven.artifact.preprocess.classify;

import static com.faultmaven.common.model.artifact.DataType.LOGS_AND_ERRORS;
import static com.faultmaven.common.model.artifact.DataType.METRICS_AND_PERFORMANCE;
import static com.faultmaven.common.model.artifact.DataType.SOURCE_CODE;
import static com.faultmaven.common.model.artifact.DataType.STRUCTURED_CONFIG;
import static com.faultmaven.common.model.artifact.DataType.UNSTRUCTURED_TEXT;

import com.faultmaven.artifact.preprocess.Classification;
import com.faultmaven.common.model.artifact.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says of which type a file is, by rules over a bounded sample (preprocessing.md, classify).
 * Several independent signals add up to a score for each type; the same bytes always give the same
 * answer.
 */
public final class RulesClassifier {
  private static final int LINE = 1_000;
  private static final double CERTAIN = 0.97;
  private static final Pattern KUBERNETES =
      Pattern.compile("^[ \\t]*\"?(?:apiVersion|kind)\"?: ?\\S", Pattern.MULTILINE);
  private static final Pattern HEADING = Pattern.compile("\\R\\R#{1,6} \\S.{0,200}\\R(?=\\R)");
  private static final Pattern BLOCK_CONFIG =
      Pattern.compile(
          "^(?:resource|variable|provider|module|output|terraform|locals|data|job|backend)"
              + "(?: \"[^\"]{1,120}\"){0,2} ?\\{",
          Pattern.MULTILINE);
  private static final Pattern XML_RECORD =
      Pattern.compile("<(?:log4j:event|Event|record|logEntry|entry)\\b");

  private final int sampleBytes;
  private final MagicBytes magic = new MagicBytes();

  /** Takes how many bytes of a file may be looked at. */
  public RulesClassifier(int sampleBytes) {
    this.sampleBytes = sampleBytes;
  }

  /**
   * Classifies a file.
   *
   * @param filename the user's name for the file
   * @param contentType media type that the client sent, or null
   * @throws IOException when the file cannot be read
   */
  public Classification classify(Path file, String filename, @Nullable String contentType)
      throws IOException {
    Sample sample = Sample.of(file, sampleBytes);
    String byContent = magic.byContent(sample.head());
    String byName = magic.byContentAndName(sample.head(), filename);
    DataType binary = BinaryContent.typeOf(byContent, byName, sample);
    if (binary != null) {
      String type = binary == UNSTRUCTURED_TEXT ? byName : byContent;
      return new Classification(binary, CERTAIN, List.of(), Map.of(binary, CERTAIN), type);
    }
    return text(sample, filename, contentType).classification(mediaType(byContent, byName));
  }

  private static String mediaType(String byContent, String byName) {
    boolean telling =
        byName.startsWith("text/") || byName.matches("application/(?:json|xml|.*yaml)");
    if (telling) {
      return byName;
    }
    return byContent.startsWith("text/") ? byContent : "text/plain";
  }

  private static Scores text(Sample sample, String filename, @Nullable String contentType) {
    String text = sample.text();
    List<String> lines = text.lines().map(RulesClassifier::bounded).toList();
    LineShapes shapes = LineShapes.of(withoutFences(lines));
    JsonShape json = JsonShape.of(sample.headText(), sample.whole());
    TableShape table = json.valid() ? TableShape.of(List.of()) : TableShape.of(lines);
    Scores scores = new Scores();
    name(scores, filename);
    client(scores, contentType);
    json(scores, json);
    table(scores, table, shapes);
    logs(scores, shapes, table, json);
    scores.speaksFor(METRICS_AND_PERFORMANCE, 0.97 * shapes.samples());
    config(scores, shapes, text, json);
    code(scores, shapes, text, json);
    prose(scores, shapes, lines.size());
    headings(scores, text);
    markup(scores, text);
    return scores;
  }

  private static String bounded(String line) {
    return line.length() > LINE ? line.substring(0, LINE) : line;
  }

  // What a runbook quotes says nothing of the runbook.
  private static List<String> withoutFences(List<String> lines) {
    List<String> outside = new ArrayList<>(lines.size());
    boolean inside = false;
    int fences = 0;
    int filled = 0;
    for (String line : lines) {
      boolean fence = line.startsWith("```") || line.startsWith("~~~");
      fences += fence ? 1 : 0;
      inside ^= fence;
      if (!inside || fence) {
        outside.add(line);
        filled += fence || line.isBlank() ? 0 : 1;
      }
    }
    return fences >= 2 && filled >= 2 ? outside : lines;
  }

  private static void name(Scores scores, String filename) {
    DataType type = FileName.typeOf(filename);
    if (type != null) {
      scores.speaksFor(type, FileName.weight(filename));
    }
  }

  private static void client(Scores scores, @Nullable String contentType) {
    if (contentType == null) {
      return;
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    if (type.startsWith("text/csv")) {
      scores.speaksFor(METRICS_AND_PERFORMANCE, 0.08);
    } else if (type.contains("yaml") || type.contains("toml")) {
      scores.speaksFor(STRUCTURED_CONFIG, 0.08);
    } else if (type.startsWith("text/markdown") || type.startsWith("text/html")) {
      scores.speaksFor(UNSTRUCTURED_TEXT, 0.08);
    } else if (type.startsWith("text/x-")) {
      scores.speaksFor(SOURCE_CODE, 0.08);
    }
  }

  private static void json(Scores scores, JsonShape json) {
    if (!json.valid()) {
      return;
    }
    double records = Math.max(1, json.records());
    double logs = json.logRecords() / records;
    double samples = json.sampleRecords() / records;
    boolean pairs = json.pairs() >= 3 && json.pairs() >= json.records();
    scores.speaksFor(LOGS_AND_ERRORS, 0.95 * logs);
    scores.speaksFor(METRICS_AND_PERFORMANCE, pairs ? 0.9 : 0.92 * samples);
    scores.speaksFor(STRUCTURED_CONFIG, 0.85 * (1 - Math.max(logs, pairs ? 0.9 : samples)));
    scores.speaksAgainst(SOURCE_CODE, 0.95);
    scores.speaksAgainst(UNSTRUCTURED_TEXT, 0.9);
  }

  private static void table(Scores scores, TableShape table, LineShapes shapes) {
    if (table.columns() == 0 || (shapes.code() > 0.5 && !table.timed())) {
      return;
    }
    double numeric = table.numeric();
    if (table.messages()) {
      scores.speaksFor(LOGS_AND_ERRORS, 0.75);
      scores.speaksAgainst(METRICS_AND_PERFORMANCE, 0.7);
      scores.speaksAgainst(UNSTRUCTURED_TEXT, 0.6);
    }
    if (table.timed() && numeric > 0.3) {
      scores.speaksFor(METRICS_AND_PERFORMANCE, 0.95 * Math.min(1, numeric * 1.4));
    } else if (table.header() && numeric > 0.6) {
      scores.speaksFor(METRICS_AND_PERFORMANCE, 0.7 * numeric);
    }
  }

  private static void logs(Scores scores, LineShapes shapes, TableShape table, JsonShape json) {
    boolean numbers = table.columns() > 0 && table.numeric() > 0.6 && shapes.leveled() < 0.3;
    double stamped = numbers || json.valid() ? 0 : shapes.stamped();
    double leveled = json.valid() ? 0 : shapes.leveled();
    double trace = shapes.trace() > 0.25 ? 1 : shapes.trace() * 2;
    scores.speaksFor(LOGS_AND_ERRORS, 0.88 * Math.min(1, stamped * 1.2));
    scores.speaksFor(LOGS_AND_ERRORS, 0.7 * Math.min(1, leveled * 1.2));
    scores.speaksFor(LOGS_AND_ERRORS, 0.85 * trace);
    double log = Math.max(stamped, Math.max(leveled * 0.7, trace * 0.8));
    scores.speaksAgainst(UNSTRUCTURED_TEXT, 0.8 * log);
    scores.speaksAgainst(STRUCTURED_CONFIG, 0.9 * Math.max(stamped, trace * 0.8));
    scores.speaksAgainst(SOURCE_CODE, 0.9 * log);
    scores.speaksAgainst(METRICS_AND_PERFORMANCE, 0.7 * Math.max(leveled, trace));
  }

  private static void config(Scores scores, LineShapes shapes, String text, JsonShape json) {
    if (json.valid()) {
      return;
    }
    double remarks = shapes.comment();
    double pairs = shapes.pairs() + shapes.section() + Math.min(remarks, 0.5);
    if (shapes.pairs() > 0.25 && shapes.code() + shapes.keyword() < 0.45) {
      scores.speaksFor(STRUCTURED_CONFIG, 0.8 * Math.min(1, pairs));
      scores.speaksFor(STRUCTURED_CONFIG, shapes.section() > 0 ? 0.4 : 0);
    }
    double yaml = shapes.keyed() + shapes.items() + Math.min(remarks, 0.5);
    if (yaml > 0.6 && shapes.keyed() > 0.15 && shapes.prose() < 0.35 && shapes.keyword() < 0.4) {
      scores.speaksFor(STRUCTURED_CONFIG, 0.8 * Math.min(1, yaml));
      long objects = KUBERNETES.matcher(text).results().limit(3).count();
      scores.speaksFor(STRUCTURED_CONFIG, objects >= 2 ? 0.7 : 0);
    }
    if (shapes.directive() > 0.5 && shapes.keyword() < 0.15) {
      scores.speaksFor(STRUCTURED_CONFIG, 0.7 * shapes.directive());
      scores.speaksAgainst(SOURCE_CODE, 0.6);
    }
    if (BLOCK_CONFIG.matcher(text).find() && shapes.pairs() + shapes.directive() > 0.3) {
      scores.speaksFor(STRUCTURED_CONFIG, 0.85);
      scores.speaksAgainst(SOURCE_CODE, 0.7);
    }
    scores.speaksAgainst(METRICS_AND_PERFORMANCE, 0.5 * Math.min(1, shapes.section() * 5));
  }

  private static void code(Scores scores, LineShapes shapes, String text, JsonShape json) {
    if (json.valid()) {
      return;
    }
    double keyword = Math.min(1, shapes.keyword() * 3);
    double code = Math.min(1, shapes.code() * 1.5);
    scores.speaksFor(SOURCE_CODE, 0.75 * keyword * (1 - shapes.prose()));
    scores.speaksFor(SOURCE_CODE, 0.5 * code * Math.min(1, keyword + 0.2) * (1 - shapes.prose()));
    scores.speaksFor(SOURCE_CODE, text.startsWith("#!") ? 0.6 : 0);
    boolean unlikeConfig = shapes.keyword() > 0.25 && shapes.code() > 0.3;
    scores.speaksAgainst(STRUCTURED_CONFIG, unlikeConfig ? 0.6 : 0);
    scores.speaksAgainst(UNSTRUCTURED_TEXT, Math.min(0.8, keyword * (1 - shapes.prose())));
  }

  private static void prose(Scores scores, LineShapes shapes, int lines) {
    double prose = Math.min(1, shapes.prose() * 2);
    scores.speaksFor(UNSTRUCTURED_TEXT, 0.75 * prose);
    scores.speaksFor(
        UNSTRUCTURED_TEXT, 0.5 * Math.min(1, shapes.markdown() * 2.5) * Math.min(1, prose + 0.3));
    scores.speaksFor(UNSTRUCTURED_TEXT, lines <= 2 ? 0.2 : 0.08);
    boolean headed = shapes.markdown() > 0.15 && shapes.prose() > 0.2;
    scores.speaksAgainst(STRUCTURED_CONFIG, headed ? 0.7 : 0.5 * shapes.prose());
    scores.speaksAgainst(SOURCE_CODE, headed ? 0.6 : 0);
  }

  // A comment of a configuration belongs to the line below it; a heading stands alone.
  private static void headings(Scores scores, String text) {
    long headings = HEADING.matcher(text).results().limit(4).count();
    if (headings >= 2) {
      scores.speaksFor(UNSTRUCTURED_TEXT, 0.12 * headings);
      scores.speaksAgainst(STRUCTURED_CONFIG, 0.15 * headings);
    }
  }

  private static void markup(Scores scores, String text) {
    String start = text.substring(0, Math.min(400, text.length())).stripLeading();
    String lower = start.toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      scores.speaksFor(UNSTRUCTURED_TEXT, 0.8);
      scores.speaksAgainst(SOURCE_CODE, 0.5);
      scores.speaksAgainst(STRUCTURED_CONFIG, 0.5);
    } else if (start.startsWith("<?xml")
        || start.matches("(?s)<(?:!--|[A-Za-z][\\w:.-]{0,60}[\\s>/]).*")) {
      boolean records = XML_RECORD.matcher(text).results().limit(3).count() >= 2;
      scores.speaksFor(records ? LOGS_AND_ERRORS : STRUCTURED_CONFIG, 0.85);
      scores.speaksAgainst(SOURCE_CODE, 0.6);
    }
  }
}
