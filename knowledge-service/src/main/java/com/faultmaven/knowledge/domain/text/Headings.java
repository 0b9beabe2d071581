package com.faultmaven.knowledge.domain.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The Markdown headings of a text ({@code # …} to {@code ###### …}, outside of code fences). Found
 * line by line in time that grows with the text alone, whatever it holds.
 */
final class Headings {
  private static final int DEEPEST = 6;
  private static final int LONGEST_TITLE = 120;

  private record Heading(int start, int level, String title) {}

  private final List<Heading> headings = new ArrayList<>();
  private final Set<Integer> sections = new HashSet<>();

  Headings(String text) {
    String fence = "";
    boolean afterHeading = false;
    for (Line line : Line.of(text)) {
      String content = line.content(text);
      if (content.isBlank()) {
        continue;
      }
      boolean heading = false;
      String mark = fenceOf(content);
      if (!mark.isEmpty() && (fence.isEmpty() || fence.equals(mark))) {
        fence = fence.isEmpty() ? mark : "";
      } else if (fence.isEmpty() && isHeading(content)) {
        heading = true;
        addHeading(line.start(), content, afterHeading);
      }
      afterHeading = heading;
    }
  }

  /** The mark that begins or ends a code block on this line; empty when there is none. */
  static String fenceOf(String line) {
    String trimmed = line.stripLeading();
    return trimmed.startsWith("```") ? "```" : trimmed.startsWith("~~~") ? "~~~" : "";
  }

  /** Tells whether the line is a heading. */
  static boolean isHeading(String line) {
    int level = level(line);
    return level > 0 && !title(line, level).isEmpty();
  }

  /** Tells whether a section begins at the offset: the first of the headings above a text. */
  boolean beginsSectionAt(int offset) {
    return sections.contains(offset);
  }

  /** Headings that the offset stands under, outermost first; one that begins there included. */
  List<String> pathAt(int offset) {
    List<Heading> path = new ArrayList<>();
    for (Heading heading : headings) {
      if (heading.start() > offset) {
        break;
      }
      path.removeIf(outer -> outer.level() >= heading.level());
      path.add(heading);
    }
    return path.stream().map(Heading::title).toList();
  }

  private void addHeading(int start, String line, boolean afterHeading) {
    int level = level(line);
    headings.add(new Heading(start, level, title(line, level)));
    if (!afterHeading) {
      sections.add(start);
    }
  }

  private static int level(String line) {
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    boolean spaced =
        level < line.length() && (line.charAt(level) == ' ' || line.charAt(level) == '\t');
    return level <= DEEPEST && spaced ? level : 0;
  }

  private static String title(String line, int level) {
    int end = line.length();
    while (end > level
        && (line.charAt(end - 1) == '#' || Character.isWhitespace(line.charAt(end - 1)))) {
      end--;
    }
    String title = line.substring(level, end).strip();
    return title.length() > LONGEST_TITLE ? title.substring(0, LONGEST_TITLE) : title;
  }
}
