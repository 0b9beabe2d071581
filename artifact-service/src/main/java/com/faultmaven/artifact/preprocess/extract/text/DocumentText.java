package com.faultmaven.artifact.preprocess.extract.text;

import com.faultmaven.artifact.preprocess.text.DecodedText;
import com.faultmaven.artifact.preprocess.text.TextDecoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The running text of a document: plain, HTML without its tags, or of an office file. */
final class DocumentText {
  private static final int MAX_PART = 20_000_000;
  private static final int MAX_ENTRIES = 2_000;
  private static final Set<String> BLOCKS =
      Set.of("p", "h", "tr", "br", "row", "si", "t:row", "list-item");
  private static final Pattern PART =
      Pattern.compile(
          "word/document\\.xml|ppt/slides/slide\\d{1,4}\\.xml|xl/sharedStrings\\.xml|content\\.xml");
  private static final Pattern HIDDEN = Pattern.compile("(?i)<(script|style|head)\\b");

  private DocumentText() {}

  /** Reads a document. */
  static DecodedText of(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4) {
      return new DecodedText(office(bytes), "UTF-8", 0);
    }
    DecodedText text = TextDecoder.decode(bytes);
    String start = text.text().substring(0, Math.min(500, text.text().length())).stripLeading();
    String lower = start.toLowerCase(Locale.ROOT);
    boolean html = lower.startsWith("<!doctype html") || lower.startsWith("<html");
    return html ? new DecodedText(withoutTags(text.text()), text.charset(), text.replaced()) : text;
  }

  // Only the parts that hold text are read, and no more of them than the bound.
  private static String office(byte[] bytes) {
    TreeMap<String, String> parts = new TreeMap<>();
    int room = MAX_PART;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      int entries = 0;
      for (ZipEntry entry = zip.getNextEntry();
          entry != null && entries < MAX_ENTRIES && room > 0;
          entry = zip.getNextEntry()) {
        entries++;
        if (PART.matcher(entry.getName()).matches()) {
          byte[] part = zip.readNBytes(room);
          room -= part.length;
          parts.put(entry.getName(), xmlText(TextDecoder.decode(part).text()));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      // A damaged file: the parts before the damage are what there is.
      parts.putIfAbsent("", "");
    }
    return String.join("\n\n", parts.values());
  }

  private static String xmlText(String xml) {
    StringBuilder text = new StringBuilder();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.CHARACTERS) {
          text.append(reader.getText());
        } else if (event == XMLStreamConstants.END_ELEMENT
            && BLOCKS.contains(reader.getLocalName())) {
          text.append('\n');
        }
      }
      reader.close();
    } catch (XMLStreamException e) {
      // A part that was cut at the bound: its beginning is kept.
      text.append('\n');
    }
    return text.toString();
  }

  private static String withoutTags(String html) {
    StringBuilder text = new StringBuilder(html.length());
    int at = 0;
    while (at < html.length()) {
      int tag = html.indexOf('<', at);
      if (tag < 0) {
        tag = html.length();
      }
      text.append(html, at, tag);
      int end = tag < html.length() ? html.indexOf('>', tag) : -1;
      if (end < 0) {
        return unescaped(text.toString());
      }
      String name = html.substring(tag, Math.min(end, tag + 12)).toLowerCase(Locale.ROOT);
      if (HIDDEN.matcher(name).lookingAt()) {
        String closing = "</" + name.substring(1).split("\\W", 2)[0];
        int close = indexOfIgnoringCase(html, closing, end);
        end = close < 0 ? end : Math.max(end, html.indexOf('>', close));
      }
      boolean block = name.matches("</?(?:p|div|h\\d|li|tr|br|ul|ol|table|section|title)\\b.*");
      text.append(block ? "\n" : " ");
      at = end + 1;
    }
    return unescaped(text.toString());
  }

  private static int indexOfIgnoringCase(String text, String what, int from) {
    for (int i = text.indexOf("</", from); i >= 0; i = text.indexOf("</", i + 2)) {
      if (text.regionMatches(true, i, what, 0, what.length())) {
        return i;
      }
    }
    return -1;
  }

  private static String unescaped(String text) {
    return text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }
}
