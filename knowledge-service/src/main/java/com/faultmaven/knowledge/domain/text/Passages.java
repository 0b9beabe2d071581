package com.faultmaven.knowledge.domain.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a chunk into passages that can be quoted on their own: paragraphs, lists and code blocks, of
 * a few hundred characters. Headings and front matter are left out: they answer nothing.
 */
public final class Passages {
  private static final int LONGEST = 500;
  private static final int LONGEST_CODE = 1_000;

  private final String text;
  private final Headings headings;
  private final List<Passage> passages = new ArrayList<>();
  private String fence = "";
  private int start = -1;
  private int end = -1;

  /**
   * A passage.
   *
   * @param text its words as they stand in the chunk
   * @param headingPath headings within the chunk that it stands under, outermost first
   */
  public record Passage(String text, List<String> headingPath) {
    public Passage {
      headingPath = List.copyOf(headingPath);
    }
  }

  private Passages(String text) {
    this.text = text;
    headings = new Headings(text);
  }

  /** The passages of a text in order; empty when it holds headings alone. */
  public static List<Passage> of(String text) {
    Passages passages = new Passages(text);
    passages.read(Line.of(text));
    return passages.passages;
  }

  private void read(List<Line> lines) {
    for (Line line : lines.subList(afterFrontMatter(lines), lines.size())) {
      String content = line.content(text);
      String mark = Headings.fenceOf(content);
      if (!mark.isEmpty() && (fence.isEmpty() || fence.equals(mark))) {
        fence = fence.isEmpty() ? mark : "";
        extend(line);
      } else if (fence.isEmpty() && content.isBlank()) {
        finishUnlessItLeadsOn();
      } else if (fence.isEmpty() && Headings.isHeading(content)) {
        finish();
      } else {
        if (end - start + line.length() > (fence.isEmpty() ? LONGEST : LONGEST_CODE)) {
          finish();
        }
        extend(line);
      }
    }
    finish();
  }

  /** "Check the node's state:" belongs to the list or the command after it. */
  private void finishUnlessItLeadsOn() {
    if (start < 0 || text.charAt(end - 1) != ':') {
      finish();
    }
  }

  private int afterFrontMatter(List<Line> lines) {
    if (!lines.isEmpty() && lines.getFirst().content(text).equals("---")) {
      for (int i = 1; i < lines.size(); i++) {
        if (lines.get(i).content(text).equals("---")) {
          return i + 1;
        }
      }
    }
    return 0;
  }

  private void extend(Line line) {
    start = start < 0 ? line.start() : start;
    end = line.end();
  }

  private void finish() {
    if (start >= 0) {
      String passage = text.substring(start, end).strip();
      if (passage.length() <= LONGEST_CODE) {
        add(passage);
      } else {
        addSentences(passage);
      }
    }
    start = -1;
    end = -1;
  }

  private void add(String passage) {
    if (passage.codePoints().anyMatch(Character::isLetterOrDigit)) {
      passages.add(new Passage(passage, headings.pathAt(start)));
    }
  }

  private void addSentences(String passage) {
    int from = 0;
    int to = 0;
    for (int next = sentenceEnd(passage, 0); next > to; next = sentenceEnd(passage, to)) {
      if (next - from > LONGEST && to > from) {
        add(passage.substring(from, to).strip());
        from = to;
      }
      to = next;
    }
    // What has no sentences at all is quoted by its beginning.
    add(passage.substring(from, Math.min(to, from + LONGEST_CODE)).strip());
  }

  /** Where the sentence that holds the offset ends, the white space after it included. */
  private static int sentenceEnd(String text, int from) {
    for (int i = from; i + 1 < text.length(); i++) {
      if (".!?".indexOf(text.charAt(i)) >= 0 && Character.isWhitespace(text.charAt(i + 1))) {
        int end = i + 1;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
          end++;
        }
        return end;
      }
    }
    return text.length();
  }
}
