package com.faultmaven.artifact.preprocess.extract.text;

import com.faultmaven.artifact.preprocess.text.Lines;
import java.util.ArrayList;
import java.util.List;

/**
 * The sentences, headings and code blocks of a text.
 *
 * @param sentences sentences of the running text
 * @param headings headings with their depth, as an outline
 * @param commands lines of code blocks
 */
record Sentences(List<Sentence> sentences, List<String> headings, List<String> commands) {
  private static final int MAX_SENTENCES = 20_000;
  private static final int MAX_SENTENCE = 600;
  private static final int MIN_SENTENCE = 15;
  private static final int LINE = 20_000;

  /**
   * A sentence.
   *
   * @param text its characters in one line
   * @param order which one it is in the text
   * @param line where its paragraph begins, from 0
   * @param first whether it begins a paragraph
   */
  record Sentence(String text, int order, int line, boolean first) {}

  /** Takes a text apart; Markdown marks are understood, and cause no harm elsewhere. */
  static Sentences of(String text) {
    Reader reader = new Reader();
    Lines lines = new Lines(text);
    for (int i = 0; i < lines.count() && reader.sentences.size() < MAX_SENTENCES; i++) {
      reader.line(lines.line(i, LINE), i);
    }
    reader.endParagraph();
    return new Sentences(reader.sentences, reader.headings, reader.commands);
  }

  private static final class Reader {
    private final List<Sentence> sentences = new ArrayList<>();
    private final List<String> headings = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final StringBuilder paragraph = new StringBuilder();
    private int start;
    private boolean inCode;
    private boolean inFrontMatter;

    void line(String raw, int number) {
      String line = raw.strip();
      if (line.equals("---") && (number == 0 || inFrontMatter)) {
        inFrontMatter = number == 0;
      } else if (inFrontMatter) {
        frontMatter(line);
      } else if (line.startsWith("```") || line.startsWith("~~~")) {
        inCode = !inCode;
        endParagraph();
      } else if (inCode) {
        if (!line.isEmpty()) {
          commands.add(line);
        }
      } else if (line.isEmpty()) {
        endParagraph();
      } else if (line.startsWith("#")) {
        endParagraph();
        headings.add(line);
      } else if (isUnderline(line) && !paragraph.isEmpty() && paragraph.length() < 120) {
        headings.add(paragraph.toString());
        paragraph.setLength(0);
      } else {
        running(line, number);
      }
    }

    private void frontMatter(String line) {
      if (line.startsWith("title:")) {
        headings.add("# " + line.substring("title:".length()).strip());
      }
    }

    private void running(String line, int number) {
      boolean item =
          line.length() > 2 && "*-+".indexOf(line.charAt(0)) >= 0 && line.charAt(1) == ' ';
      if (item) {
        endParagraph();
      }
      if (paragraph.isEmpty()) {
        start = number;
      } else {
        paragraph.append(' ');
      }
      paragraph.append(item ? line.substring(2) : line);
      if (paragraph.length() > LINE) {
        endParagraph();
      }
    }

    private static boolean isUnderline(String line) {
      char first = line.charAt(0);
      return line.length() >= 3
          && (first == '=' || first == '-')
          && line.chars().allMatch(c -> c == first);
    }

    void endParagraph() {
      String text = paragraph.toString();
      paragraph.setLength(0);
      int from = 0;
      boolean first = true;
      for (int i = 0; i < text.length(); i++) {
        boolean ends = i == text.length() - 1 || isEnd(text, i) || i - from >= MAX_SENTENCE;
        if (ends) {
          String sentence = text.substring(from, i + 1).strip();
          if (sentence.length() >= MIN_SENTENCE && sentences.size() < MAX_SENTENCES) {
            sentences.add(new Sentence(sentence, sentences.size(), start, first));
            first = false;
          }
          from = i + 1;
        }
      }
    }

    // Not after an initial or in a number: "e.g. x", "3.5".
    private static boolean isEnd(String text, int at) {
      char c = text.charAt(at);
      if ((c != '.' && c != '!' && c != '?')
          || at + 2 >= text.length()
          || text.charAt(at + 1) != ' ') {
        return false;
      }
      char next = text.charAt(at + 2);
      boolean abbreviated = at >= 2 && (text.charAt(at - 2) == '.' || text.charAt(at - 2) == ' ');
      return !abbreviated && (Character.isUpperCase(next) || !Character.isLetter(next));
    }
  }
}
