package com.faultmaven.artifact.preprocess.extract.logs;

import com.faultmaven.artifact.preprocess.extract.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines around a line of a log, as many as fit: grows outward from it in turns, and puts repeated
 * lines and long stack traces together.
 */
final class Window {
  private static final int LINE = 320;
  private static final int MAX_FRAMES = 12;
  private static final int MAX_ALIKE = 6;
  private static final int MARKER = 50;

  private final LogScan scan;
  private final Side before;
  private final Side after;
  private int room;

  private Window(LogScan scan, int room) {
    this.scan = scan;
    this.room = room;
    before = new Side();
    after = new Side();
  }

  /**
   * Shows lines around a line.
   *
   * @param center the line that is shown in any case
   * @param from first line that may be shown
   * @param to last line that may be shown
   * @param room how many characters may be used
   */
  static Shown around(LogScan scan, int center, int from, int to, int room) {
    Window window = new Window(scan, room);
    return window.grow(center, from, to);
  }

  /**
   * What is shown of a log.
   *
   * @param text the lines, with their numbers
   * @param from first line that is shown
   * @param to last line that is shown
   */
  record Shown(String text, int from, int to) {}

  private Shown grow(int center, int from, int to) {
    after.add(center);
    int low = center;
    int high = center;
    boolean grows = true;
    while (grows && room > 0) {
      grows = false;
      if (high < to && after.add(high + 1)) {
        high++;
        grows = true;
      }
      if (low > from && room > 0 && before.add(low - 1)) {
        low--;
        grows = true;
      }
    }
    List<String> text = new ArrayList<>(before.reversed());
    text.addAll(after.inOrder());
    return new Shown(String.join("\n", text), low + 1, high + 1);
  }

  private final class Side {
    private final Deque<String> entries = new ArrayDeque<>();
    private final Map<Integer, Integer> shown = new HashMap<>();
    private int template = Integer.MIN_VALUE;
    private int alike;
    private int frames;

    // False when the line does not fit any more.
    boolean add(int line) {
      int own = scan.template(line);
      frames = own < 0 ? frames + 1 : 0;
      boolean repeated =
          (own >= 0 && (own == template || shown.getOrDefault(own, 0) >= MAX_ALIKE))
              || frames > MAX_FRAMES;
      if (repeated) {
        room -= alike == 0 ? MARKER : 0;
        alike++;
        return true;
      }
      String text = (line + 1) + ": " + scan.lines().shown(line, LINE);
      if (text.length() + 1 > room && !entries.isEmpty()) {
        return false;
      }
      flush();
      template = own;
      shown.merge(own, 1, Integer::sum);
      room -= text.length() + 1;
      entries.add(text);
      return true;
    }

    private void flush() {
      if (alike > 0) {
        entries.add("    [" + Texts.count(alike, "similar line") + " left out]");
        alike = 0;
      }
    }

    List<String> inOrder() {
      flush();
      return new ArrayList<>(entries);
    }

    List<String> reversed() {
      return inOrder().reversed();
    }
  }
}
