package com.faultmaven.artifact.preprocess.extract.visual;

import com.faultmaven.artifact.preprocess.Extraction;
import com.faultmaven.artifact.preprocess.ExtractionContext;
import com.faultmaven.artifact.preprocess.PreprocessingLimits;
import com.faultmaven.artifact.preprocess.extract.Extractor;
import com.faultmaven.artifact.preprocess.extract.Report;
import com.faultmaven.artifact.preprocess.extract.Texts;
import com.faultmaven.artifact.preprocess.text.LevelReader;
import com.faultmaven.artifact.preprocess.text.TextDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Images and PDFs: format and size, the text that is in them, and the error lines, status codes,
 * URLs and numbers of that text (preprocessing.md, visual_evidence).
 */
public final class VisualEvidenceExtractor implements Extractor {
  private static final int MAX_PICKED = 30;
  private static final int MAX_LINE = 2_000;
  private static final Pattern STATUS =
      Pattern.compile(
          "\\b(?:HTTP(?:/[\\d.]{1,3})? |status(?: code)?:? ?|error:? ?)?([45]\\d{2})\\b(?! ?(?:ms|px|KB|MB|%|\\.\\d))");
  private static final Pattern URL = Pattern.compile("\\bhttps?://[^\\s<>\"')\\]]{1,300}");
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\b\\d[\\d,.]{0,15} ?(?:%|ms|s|sec|min|h|[KMGT]i?B|rps|req/s|qps|errors?|requests?)(?![\\w])");

  private final PreprocessingLimits limits;
  private final TesseractOcr ocr;

  /** Takes the bounds: pages, pixels, and which OCR program may take how long. */
  public VisualEvidenceExtractor(PreprocessingLimits limits) {
    this.limits = limits;
    ocr = new TesseractOcr(limits.ocrCommand(), limits.ocrTimeout());
  }

  /**
   * What was read out of a file.
   *
   * @param what format and size in words
   * @param text its text
   * @param remarks what was not read, and why
   */
  private record Reading(String what, String text, List<String> remarks) {}

  @Override
  public Extraction extract(Path file, String filename, ExtractionContext context)
      throws IOException {
    Reading reading = read(file);
    String text = context.cleaner().clean(reading.text());
    Report report = new Report("ocr_and_visual_analysis");
    report.summary(reading.what() + ".");
    reading.remarks().stream().limit(2).forEach(remark -> report.summary(sentence(remark)));
    pick(report, text);
    report.fact(reading.what());
    reading.remarks().forEach(report::fact);
    report.fact(Texts.count(text.length(), "character") + " of text");
    report.section("File", reading.what() + "\n" + remarks(reading.remarks()));
    report.section("Text", text);
    return report.build();
  }

  private Reading read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String size = Texts.size(bytes.length);
    if (isPdf(bytes)) {
      PdfPages pdf = PdfPages.of(file, limits, ocr);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < pdf.texts().size(); i++) {
        text.append("[page ").append(i + 1).append("]\n").append(pdf.texts().get(i)).append('\n');
      }
      String what = "PDF, " + Texts.count(pdf.pages(), "page") + ", " + size;
      return new Reading(what, text.toString(), pdf.remarks());
    }
    ImageHeader header = ImageHeader.of(bytes);
    if (header == null) {
      return other(bytes, size);
    }
    String what =
        Texts.format(
            "%s image, %d by %d pixels, %s",
            header.format(), header.width(), header.height(), size);
    if (header.pixels() > limits.maxImagePixels()) {
      return new Reading(what, "", List.of("the image is too large for OCR"));
    }
    TesseractOcr.Reading read = ocr.read(file);
    return new Reading(
        what, read.text(), read.problem().isEmpty() ? List.of() : List.of(read.problem()));
  }

  private static boolean isPdf(byte[] bytes) {
    int looked = Math.min(1_024, bytes.length);
    return new String(bytes, 0, looked, StandardCharsets.ISO_8859_1).contains("%PDF-");
  }

  private static Reading other(byte[] bytes, String size) {
    String text = TextDecoder.decode(bytes).text();
    if (text.contains("<svg")) {
      String words = text.replaceAll("<[^>]{0,10000}>", " ");
      return new Reading("SVG drawing, " + size, Texts.oneLine(words), List.of());
    }
    return new Reading("Image of an unknown format, " + size, "", List.of("its text was not read"));
  }

  private static void pick(Report report, String text) {
    Set<String> errors = new LinkedHashSet<>();
    text.lines()
        .map(line -> line.length() > MAX_LINE ? line.substring(0, MAX_LINE) : line.strip())
        .filter(line -> LevelReader.level(line).isFailure())
        .limit(MAX_PICKED)
        .forEach(errors::add);
    Set<String> statuses = all(STATUS, text, 1);
    Set<String> urls = all(URL, text, 0);
    Set<String> numbers = all(NUMBER, text, 0);
    errors.stream().limit(4).forEach(line -> report.insight("Error line: " + line));
    report.insight(listed("Status codes", statuses));
    report.insight(listed("URLs", urls));
    report.insight(listed("Figures", numbers));
    report.summary(
        errors.isEmpty() ? "" : "Error lines: " + Texts.cut(String.join("; ", errors), 200) + ".");
    report.summary(statuses.isEmpty() ? "" : listed("Status codes", statuses) + ".");
    report.section("Error lines", String.join("\n", errors));
    report.section("URLs", String.join("\n", urls));
  }

  private static Set<String> all(Pattern pattern, String text, int group) {
    Set<String> found = new LinkedHashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (found.size() < MAX_PICKED && matcher.find()) {
      found.add(matcher.group(group));
    }
    return found;
  }

  private static String listed(String title, Set<String> values) {
    return values.isEmpty()
        ? ""
        : title + ": " + values.stream().limit(10).collect(Collectors.joining(", "));
  }

  private static String sentence(String remark) {
    return remark.substring(0, 1).toUpperCase(Locale.ROOT) + remark.substring(1) + ".";
  }

  private static String remarks(List<String> remarks) {
    return String.join("\n", remarks);
  }
}
