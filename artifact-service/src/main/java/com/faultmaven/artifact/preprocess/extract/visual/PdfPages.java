package com.faultmaven.artifact.preprocess.extract.visual;

import com.faultmaven.artifact.preprocess.PreprocessingLimits;
import com.faultmaven.artifact.preprocess.extract.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/**
 * The text of a PDF page by page; of a page without text, the photograph that it is, read by OCR.
 *
 * @param pages how many pages the document has
 * @param texts text of each page that was read
 * @param remarks what was left out or could not be read
 */
record PdfPages(int pages, List<String> texts, List<String> remarks) {
  private static final int MAX_TEXT = 400_000;
  private static final long MAX_MEMORY = 64L * 1024 * 1024;
  private static final long MAX_MILLIS = 15_000;
  private static final int MIN_PAGE_TEXT = 20;

  /** Reads a PDF; of a damaged one, as much as can be read. */
  static PdfPages of(Path file, PreprocessingLimits limits, TesseractOcr ocr) throws IOException {
    List<String> remarks = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int pages = 0;
    try (PDDocument document =
        Loader.loadPDF(
            file.toFile(), "", null, null, MemoryUsageSetting.setupMixed(MAX_MEMORY).streamCache)) {
      pages = document.getNumberOfPages();
      read(document, limits, ocr, texts, remarks);
    } catch (InvalidPasswordException e) {
      remarks.add("the document is encrypted, so its text was not read");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // The parser meets documents that are wrong in any way.
      remarks.add("the document is damaged and could not be read to its end");
    }
    return new PdfPages(pages, texts, remarks);
  }

  private static void read(
      PDDocument document,
      PreprocessingLimits limits,
      TesseractOcr ocr,
      List<String> texts,
      List<String> remarks)
      throws IOException {
    int pages = document.getNumberOfPages();
    long end = System.currentTimeMillis() + MAX_MILLIS;
    int length = 0;
    int photographs = 0;
    PDFTextStripper stripper = new PDFTextStripper();
    for (int page = 1; page <= Math.min(pages, limits.maxPages()); page++) {
      if (length > MAX_TEXT || System.currentTimeMillis() > end) {
        remarks.add("pages from " + page + " on were left out");
        return;
      }
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      String text = stripper.getText(document).strip();
      if (text.length() < MIN_PAGE_TEXT && photographs < limits.maxOcrPages()) {
        photographs++;
        text = text + "\n" + photograph(document.getPage(page - 1), page, ocr, remarks);
      }
      texts.add(text.strip());
      length += text.length();
    }
    if (pages > limits.maxPages()) {
      remarks.add(Texts.format("pages %d to %d were left out", limits.maxPages() + 1, pages));
    }
  }

  // Scanned pages are a JPEG each; it is taken out as it is, without drawing the page.
  private static String photograph(PDPage page, int number, TesseractOcr ocr, List<String> remarks)
      throws IOException {
    COSDictionary resources = page.getCOSObject().getCOSDictionary(COSName.RESOURCES);
    COSDictionary objects = resources == null ? null : resources.getCOSDictionary(COSName.XOBJECT);
    if (objects == null) {
      remarks.add("page " + number + " has no text");
      return "";
    }
    for (COSName name : objects.keySet()) {
      COSBase object = objects.getDictionaryObject(name);
      if (object instanceof COSStream stream
          && COSName.DCT_DECODE.equals(stream.getDictionaryObject(COSName.FILTER))) {
        Path image = Files.createTempFile("page", ".jpg");
        try (InputStream in = stream.createRawInputStream()) {
          Files.copy(in, image, StandardCopyOption.REPLACE_EXISTING);
          TesseractOcr.Reading reading = ocr.read(image);
          if (!reading.problem().isEmpty()) {
            remarks.add("page " + number + ": " + reading.problem());
          }
          return reading.text();
        } finally {
          Files.deleteIfExists(image);
        }
      }
    }
    remarks.add("page " + number + " has no text");
    return "";
  }
}
