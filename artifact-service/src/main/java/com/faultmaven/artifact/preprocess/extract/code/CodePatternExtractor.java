package com.faultmaven.artifact.preprocess.extract.code;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.TextCleaner;
import com.faultmaven.artifact.preprocess.extract.Extractor;
import com.faultmaven.artifact.preprocess.extract.Report;
import com.faultmaven.artifact.preprocess.extract.Texts;
import com.faultmaven.artifact.preprocess.extract.code.RiskyPatterns.Risk;
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
 * Source code: language, imports, types and functions with their lines, the lines that stack traces
 * of the case name, and risky patterns (preprocessing.md, source_code).
 */
public final class CodePatternExtractor implements Extractor {
  private static final int LINE = 200;
  private static final int SHOWN_RISKS = 40;
  private static final int SHOWN_PARTS = 120;
  private static final int SHOWN_IMPORTS = 30;
  private static final int AROUND_FRAME = 4;
  private static final int WORTH_SHOWING_WHOLE = 3_500;

  @Override
  public Extraction extract(Path file, String filename, ExtractionContext context)
      throws IOException {
    // The structure is read before cleaning, which may take the quotes off a string; every line
    // that is shown comes from the clean text.
    DecodedText decoded = TextDecoder.decode(file);
    Lines source = new Lines(decoded.text());
    Language language = Language.of(filename, decoded.text());
    Lexed lexed = Lexed.of(decoded.text(), language);
    Outline outline = Outline.of(lexed, source, language);
    List<Risk> risks = RiskyPatterns.of(language, source, lexed);
    CleanLines clean = CleanLines.of(decoded.text(), source, context.cleaner());
    Report report = new Report("code_pattern_analysis", context.cleaner());
    report.fact(decoded.remark());
    List<Integer> frames = StackFrames.in(context.stackTraces(), filename);
    summary(report, language, source, outline, risks);
    frames(report, frames, outline, clean);
    risks(report, risks, outline, clean);
    report.section("Types and functions", parts(outline));
    report.section("Imports", imports(outline));
    if (source.count() > 0
        && decoded.text().length() <= Math.min(WORTH_SHOWING_WHOLE, report.room() - 200)) {
      report.section("Source", clean.lines(0, source.count() - 1));
    }
    return report.build();
  }

  /**
   * The clean text, line by line.
   *
   * @param lines the clean lines where they are as many as the source's; else the source's, to be
   *     cleaned one by one
   * @param each cleans a single line
   */
  private record CleanLines(Lines lines, TextCleaner each) {
    static CleanLines of(String text, Lines source, TextCleaner cleaner) {
      Lines clean = new Lines(cleaner.clean(text));
      return clean.count() == source.count()
          ? new CleanLines(clean, line -> line)
          : new CleanLines(source, cleaner);
    }

    String line(int index) {
      return Texts.cut(RiskyPatterns.withoutSecret(each.clean(lines.line(index))), LINE);
    }

    String lines(int from, int to) {
      StringBuilder text = new StringBuilder();
      for (int i = Math.max(0, from); i <= Math.min(to, lines.count() - 1); i++) {
        text.append(Texts.format("%4d: %s%n", i + 1, line(i)));
      }
      return text.toString();
    }
  }

  private static void summary(
      Report report, Language language, Lines source, Outline outline, List<Risk> risks) {
    long functions = outline.parts().stream().filter(Part::isFunction).count();
    long types = outline.parts().size() - functions;
    String size =
        Texts.format(
            "%s, %s, %s, %s, %s",
            language.title(),
            Texts.count(source.count(), "line"),
            Texts.count(types, "type"),
            Texts.count(functions, "function"),
            Texts.count(outline.imports().size(), "import"));
    report.summary(size + ".");
    report.fact(size);
    Map<String, Long> kinds =
        risks.stream()
            .collect(Collectors.groupingBy(Risk::what, TreeMap::new, Collectors.counting()));
    String found =
        kinds.entrySet().stream()
            .map(kind -> kind.getKey() + " (" + kind.getValue() + ")")
            .collect(Collectors.joining(", "));
    report.summary(found.isEmpty() ? "No risky patterns found." : "Risky patterns: " + found + ".");
    report.fact("Parts: " + names(outline));
  }

  private static String names(Outline outline) {
    return outline.parts().stream().limit(12).map(Part::name).collect(Collectors.joining(", "));
  }

  private static void frames(
      Report report, List<Integer> frames, Outline outline, CleanLines clean) {
    StringBuilder text = new StringBuilder();
    for (int frame : frames) {
      if (frame <= clean.lines().count()) {
        Part function = outline.functionAt(frame - 1);
        String where = "line " + frame + (function == null ? "" : " in " + function.name());
        report.insight("A stack trace of this case names " + where + ": " + clean.line(frame - 1));
        text.append(where).append('\n');
        text.append(clean.lines(frame - 1 - AROUND_FRAME, frame - 1 + AROUND_FRAME)).append('\n');
      }
    }
    report.section("Lines that stack traces of this case name", text.toString());
  }

  private static void risks(Report report, List<Risk> risks, Outline outline, CleanLines clean) {
    StringBuilder text = new StringBuilder();
    for (Risk risk : risks.subList(0, Math.min(SHOWN_RISKS, risks.size()))) {
      boolean secret = risk.what().equals("hard-coded secret");
      Part function = outline.functionAt(risk.line());
      String where =
          "line " + (risk.line() + 1) + (function == null ? "" : " in " + function.name());
      String shown = secret ? "" : ": " + Texts.cut(clean.line(risk.line()).strip(), 120);
      report.insight(risk.what() + " at " + where + shown);
      text.append(where).append(": ").append(risk.what()).append(shown).append('\n');
    }
    int more = risks.size() - SHOWN_RISKS;
    text.append(more > 0 ? "[" + more + " further left out]" : "");
    report.section("Risky patterns", text.toString());
  }

  private static String parts(Outline outline) {
    List<Part> parts = outline.parts();
    String text =
        parts.stream()
            .limit(SHOWN_PARTS)
            .map(
                part ->
                    Texts.format(
                        "%d-%d %s %s", part.from() + 1, part.to() + 1, part.kind(), part.name()))
            .collect(Collectors.joining("\n"));
    int more = parts.size() - SHOWN_PARTS;
    return more > 0 ? text + "\n[" + more + " further left out]" : text;
  }

  private static String imports(Outline outline) {
    List<String> imports = outline.imports();
    String text = imports.stream().limit(SHOWN_IMPORTS).collect(Collectors.joining("\n"));
    int more = imports.size() - SHOWN_IMPORTS;
    return more > 0 ? text + "\n[" + more + " further left out]" : text;
  }
}
