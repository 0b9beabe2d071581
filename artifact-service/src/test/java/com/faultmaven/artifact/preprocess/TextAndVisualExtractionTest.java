package com.faultmaven.artifact.preprocess;

import static com.faultmaven.common.model.artifact.DataType.UNANALYZABLE;
import static com.faultmaven.common.model.artifact.DataType.UNSTRUCTURED_TEXT;
import static com.faultmaven.common.model.artifact.DataType.VISUAL_EVIDENCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.junit.jupiter.api.Test;

class TextAndVisualExtractionTest {

  @Test
  void quotesSentencesThatCarryTheText() throws IOException {
    Extraction found = Samples.extract("postmortem.txt", UNSTRUCTURED_TEXT);

    assertThat(found.insights())
        .anyMatch(text -> text.startsWith("The root cause was an expired certificate"));
    assertThat(found.fullExtraction()).contains("## Key sentences", "## Text");
  }

  @Test
  void givesOutlineOfMarkdown() throws IOException {
    Extraction found = Samples.extract("runbook.md", UNSTRUCTURED_TEXT);

    assertThat(found.summary()).startsWith("Database connections are exhausted:");
    assertThat(found.fullExtraction())
        .contains("## Diagnosis", "## Mitigation", "## Commands and code");
  }

  @Test
  void readsHtmlWithoutTagsAndScripts() throws IOException {
    String html =
        "<!doctype html><html><head><title>x</title></head><body><script>var hidden = 1;</script>"
            + "<p>The service was down because the disk was full.</p></body></html>";

    Extraction found = Samples.extract(html, "a.html", UNSTRUCTURED_TEXT);

    assertThat(found.summary()).contains("The service was down because the disk was full.");
    assertThat(found.fullExtraction()).doesNotContain("hidden", "<p>");
  }

  @Test
  void readsOfficeDocuments() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
      zip.write("<Types/>".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      zip.write(
          "<w:document xmlns:w='w'><w:p><w:t>The queue was full because a consumer hung.</w:t></w:p></w:document>"
              .getBytes(StandardCharsets.UTF_8));
    }
    Path file = Samples.file(bytes.toByteArray());

    assertThat(Samples.ENGINE.classify(file, "notes.docx", null).dataType())
        .isEqualTo(UNSTRUCTURED_TEXT);
    assertThat(
            Samples.ENGINE.extract(file, "notes.docx", UNSTRUCTURED_TEXT, Samples.PLAIN).summary())
        .contains("The queue was full because a consumer hung.");
  }

  @Test
  void readsTextOfPdfPages() throws IOException {
    Path file = Samples.file(pdf("ERROR 503 from https://api.example.com", "p99 latency 870 ms"));

    assertThat(Samples.ENGINE.classify(file, "a", null).dataType()).isEqualTo(VISUAL_EVIDENCE);
    Extraction found = Samples.ENGINE.extract(file, "a.pdf", VISUAL_EVIDENCE, Samples.PLAIN);

    assertThat(found.summary()).contains("PDF, 2 pages");
    assertThat(found.insights())
        .contains("Error line: ERROR 503 from https://api.example.com", "Status codes: 503")
        .contains("URLs: https://api.example.com", "Figures: 870 ms");
    assertThat(found.fullExtraction()).contains("[page 2]\np99 latency 870 ms");
  }

  @Test
  void givesFormatAndSizeOfImageAndSaysThatNothingWasRead() throws IOException {
    Extraction found =
        engine("no-such-program").extract(png(), "a.png", VISUAL_EVIDENCE, Samples.PLAIN);

    assertThat(found.summary())
        .contains("PNG image, 640 by 480 pixels", "No OCR program is installed");
  }

  @Test
  void readsImageWithTheOcrProgram() throws IOException {
    Path program = program("#!/bin/sh\necho 'FATAL: disk full on node-7'\n");

    Extraction found =
        engine(program.toString()).extract(png(), "a.png", VISUAL_EVIDENCE, Samples.PLAIN);

    assertThat(found.insights()).contains("Error line: FATAL: disk full on node-7");
  }

  @Test
  void stopsOcrProgramThatHangs() throws IOException {
    Path program = program("#!/bin/sh\nexec sleep 60\n");

    Extraction found =
        engine(program.toString()).extract(png(), "a.png", VISUAL_EVIDENCE, Samples.PLAIN);

    assertThat(found.summary()).contains("OCR took longer than 1 s and was stopped");
  }

  @Test
  void describesBytesThatAreNotLookedInto() throws IOException {
    byte[] bytes = new byte[2_000];
    byte[] text = "fatal: cannot open /etc/app.conf".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, bytes, 100, text.length);

    Extraction found =
        Samples.ENGINE.extract(Samples.file(bytes), "core", UNANALYZABLE, Samples.PLAIN);

    assertThat(found.method()).isEqualTo("metadata_only");
    assertThat(found.summary()).contains("2.0 KiB", "SHA-256", "Entropy 0.");
    assertThat(found.insights()).contains("Holds the text: fatal: cannot open /etc/app.conf");
  }

  private static Preprocessing engine(String ocrCommand) {
    PreprocessingLimits usual = PreprocessingLimits.defaults();
    return new Preprocessing(
        new PreprocessingLimits(
            usual.sampleBytes(),
            usual.contextLines(),
            usual.tailLines(),
            usual.burstErrors(),
            usual.burstLines(),
            usual.maxTemplates(),
            usual.maxSeries(),
            usual.maxPoints(),
            usual.maxNodes(),
            usual.maxDepth(),
            usual.maxAliases(),
            usual.maxPages(),
            usual.maxOcrPages(),
            usual.maxImagePixels(),
            Duration.ofSeconds(1),
            ocrCommand));
  }

  private static Path program(String script) throws IOException {
    Path file = Samples.file(script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file.toAbsolutePath();
  }

  private static Path png() {
    ByteBuffer header = ByteBuffer.allocate(33);
    header.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    header.putInt(13).put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(640).putInt(480);
    return Samples.file(header.array());
  }

  private static byte[] pdf(String... pages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      for (String text : pages) {
        PDPage page = new PDPage();
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(new PDType1Font(FontName.HELVETICA), 12);
          content.newLineAtOffset(50, 700);
          content.showText(text);
          content.endText();
        }
      }
      document.save(bytes);
    }
    return bytes.toByteArray();
  }
}
