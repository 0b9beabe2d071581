package com.faultmaven.artifact.preprocess.extract.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the lines of a file that stack traces name. */
final class StackFrames {
  private static final int MAX_TEXT = 2_000_000;
  private static final int MAX_FRAMES = 20;
  private static final Pattern FRAME =
      Pattern.compile("([\\w$.-]{1,120}\\.[A-Za-z]{1,5})(?::|\", line |:line )(\\d{1,7})");

  private StackFrames() {}

  /**
   * The lines of a file, from 1, in ascending order.
   *
   * @param filename the file's name, without its path
   */
  static List<Integer> in(List<String> traces, String filename) {
    String name =
        filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
    Set<Integer> found = new TreeSet<>();
    for (String trace : traces) {
      Matcher frame =
          FRAME.matcher(trace.length() > MAX_TEXT ? trace.substring(0, MAX_TEXT) : trace);
      while (frame.find() && found.size() < MAX_FRAMES) {
        if (frame.group(1).equals(name)) {
          found.add(Integer.parseInt(frame.group(2)));
        }
      }
    }
    return new ArrayList<>(found);
  }
}
