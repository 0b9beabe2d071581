package com.faultmaven.artifact.preprocess.extract;

import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_EXTRACTION;
import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_INSIGHTS;
import static com.faultmaven.common.model.artifact.PreprocessingResult.MAX_SUMMARY;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.TextCleaner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An extraction in the making: keeps within the bounds of the specification and says what it cut.
 */
public final class Report {
  private static final int MAX_INSIGHT = 300;
  private static final String CUT = "\n[… %,d more characters left out]";
  private static final int CUT_LENGTH = 60;

  private final String method;
  private final TextCleaner cleaner;
  private final StringBuilder summary = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private final Set<String> insights = new LinkedHashSet<>();
  private final List<String> facts = new ArrayList<>();

  /** Begins a report over text that is clean already. */
  public Report(String method) {
    this(method, text -> text);
  }

  /** Begins a report over text that is not clean: every piece is cleaned before it is cut. */
  public Report(String method, TextCleaner cleaner) {
    this.method = method;
    this.cleaner = cleaner;
  }

  /** Adds a sentence to the summary; what does not fit any more is cut. */
  public Report summary(String sentence) {
    if (!sentence.isBlank()) {
      summary.append(summary.isEmpty() ? "" : " ").append(cleaner.clean(sentence).strip());
    }
    return this;
  }

  /** Adds a section to the extraction. */
  public Report section(String title, String text) {
    if (!text.isBlank()) {
      body.append(body.isEmpty() ? "" : "\n\n").append("## ").append(title).append('\n');
      body.append(cleaner.clean(text).stripTrailing());
    }
    return this;
  }

  /** Adds an insight; the weightiest come first, and those past the tenth are dropped. */
  public Report insight(String text) {
    add(insights, text);
    return this;
  }

  /** Adds something that is worth an insight only where there are too few. */
  public Report fact(String text) {
    add(facts, text);
    return this;
  }

  private void add(Collection<String> points, String text) {
    String point = Texts.cut(Texts.oneLine(cleaner.clean(text)), MAX_INSIGHT);
    if (!point.isEmpty()) {
      points.add(point);
    }
  }

  /** How many characters of the extraction are free before something is cut. */
  public int room() {
    return Math.max(0, MAX_EXTRACTION - body.length() - CUT_LENGTH);
  }

  /** The finished extraction. */
  public Extraction build() {
    List<String> chosen = new ArrayList<>(insights);
    for (String fact : facts) {
      if (chosen.size() < Extraction.MIN_INSIGHTS && !chosen.contains(fact)) {
        chosen.add(fact);
      }
    }
    while (chosen.size() < Extraction.MIN_INSIGHTS) {
      chosen.add(
          chosen.isEmpty()
              ? "Nothing stands out."
              : "Nothing further stands out" + ".".repeat(chosen.size()));
    }
    String overview = summary.isEmpty() ? "Nothing stands out." : Texts.oneLine(summary.toString());
    return new Extraction(
        Texts.cut(overview.isEmpty() ? "Nothing stands out." : overview, MAX_SUMMARY),
        bounded(body.toString()),
        chosen.subList(0, Math.min(MAX_INSIGHTS, chosen.size())),
        method);
  }

  private static String bounded(String text) {
    if (text.length() <= MAX_EXTRACTION) {
      return text;
    }
    int kept = Texts.boundary(text, MAX_EXTRACTION - CUT_LENGTH);
    return text.substring(0, kept) + Texts.format(CUT, text.length() - kept);
  }
}
