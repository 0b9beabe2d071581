package com.faultmaven.artifact.preprocess.extract.text;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.extract.Extractor;
import com.faultmaven.artifact.preprocess.extract.Report;
import com.faultmaven.artifact.preprocess.extract.Texts;
import com.faultmaven.artifact.preprocess.extract.text.Sentences.Sentence;
import com.faultmaven.artifact.preprocess.text.DecodedText;
import com.faultmaven.artifact.preprocess.text.Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prose: the sentences that say most of it, in the text's own words and order, with its headings
 * (preprocessing.md, unstructured_text).
 */
public final class ExtractiveSummaryExtractor implements Extractor {
  private static final int SUMMARY_SENTENCES = 3;
  private static final int INSIGHTS = 7;
  private static final int KEY_SENTENCES = 25;
  private static final int SHOWN_HEADINGS = 40;
  private static final int SHOWN_COMMANDS = 30;
  private static final int ROOM_FOR_TEXT = 400;

  @Override
  public Extraction extract(Path file, String filename, ExtractionContext context)
      throws IOException {
    DecodedText decoded = DocumentText.of(file);
    String text = context.cleaner().clean(decoded.text());
    Report report = new Report("extractive_summary");
    report.fact(decoded.remark());
    if (text.isBlank()) {
      report.summary("No text found in this file.");
      return report.build();
    }
    Sentences parts = Sentences.of(text);
    List<Sentence> best = SentenceRanking.best(parts.sentences(), KEY_SENTENCES);
    summary(report, parts, best, text);
    report.section("Outline", limited(parts.headings(), SHOWN_HEADINGS));
    report.section("Key sentences", keySentences(best));
    report.section("Commands and code", limited(parts.commands(), SHOWN_COMMANDS));
    opening(report, text);
    return report.build();
  }

  private static void summary(Report report, Sentences parts, List<Sentence> best, String text) {
    String title =
        parts.headings().isEmpty() ? "" : parts.headings().getFirst().replace("#", "").strip();
    report.summary(title.isEmpty() ? "" : title + ":");
    inOrder(best.stream().limit(SUMMARY_SENTENCES).toList())
        .forEach(sentence -> report.summary(Texts.cut(sentence.text(), 200)));
    if (best.isEmpty()) {
      report.summary(Texts.cut(text.strip(), 300));
    }
    best.stream().limit(INSIGHTS).forEach(sentence -> report.insight(sentence.text()));
    report.fact(
        Texts.format(
            "%s, %s, %s",
            Texts.count(new Lines(text).count(), "line"),
            Texts.count(parts.sentences().size(), "sentence"),
            Texts.count(parts.headings().size(), "heading")));
    report.fact(Texts.count(parts.commands().size(), "line") + " of commands or code");
  }

  private static List<Sentence> inOrder(List<Sentence> sentences) {
    return sentences.stream().sorted(Comparator.comparingInt(Sentence::order)).toList();
  }

  private static String keySentences(List<Sentence> best) {
    return inOrder(best).stream()
        .map(
            sentence ->
                Texts.format("line %,d: %s", sentence.line() + 1, Texts.cut(sentence.text(), 300)))
        .collect(Collectors.joining("\n"));
  }

  private static String limited(List<String> lines, int limit) {
    String text =
        lines.stream()
            .limit(limit)
            .map(line -> Texts.cut(line, 200))
            .collect(Collectors.joining("\n"));
    int more = lines.size() - limit;
    return more > 0 ? text + "\n[" + Texts.count(more, "further line") + " left out]" : text;
  }

  private static void opening(Report report, String text) {
    int room = report.room() - ROOM_FOR_TEXT;
    if (room < 200) {
      return;
    }
    int end = Texts.boundary(text, room);
    String rest =
        end < text.length()
            ? "\n[… " + Texts.count(text.length() - end, "more character") + " left out]"
            : "";
    report.section("Text", text.substring(0, end).strip() + rest);
  }
}
