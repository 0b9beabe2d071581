package com.faultmaven.local.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells a person what happens: a headline a step, its result with its time, details below. */
final class Narration {
  private static final int WIDTH = 84;
  private static final String INDENT = "     ";

  private final PrintStream out;
  private final List<DemoReport.Step> steps = new ArrayList<>();
  private String current = "the beginning";

  Narration(PrintStream out) {
    this.out = out;
  }

  /** What a step does; it returns the line that says what came of it. */
  @FunctionalInterface
  interface Work {
    String run() throws Exception;
  }

  /** Runs a step; it counts as passed when it returns. */
  void step(String name, Work work) throws Exception {
    out.printf("%n%2d. %s%n", steps.size() + 1, name);
    current = name;
    long start = System.nanoTime();
    String result = work.run();
    double time = (System.nanoTime() - start) / 1e9;
    steps.add(new DemoReport.Step(name, time));
    List<String> lines = wrapped(result);
    for (int i = 0; i < lines.size(); i++) {
      String last = i == lines.size() - 1 ? "  (" + seconds(time) + ")" : "";
      out.println((i == 0 ? "  => " : INDENT) + lines.get(i) + last);
    }
  }

  /** A paragraph between steps. */
  void say(String text) {
    out.println();
    wrapped(text).forEach(out::println);
  }

  /** A labelled detail of the step that runs. */
  void detail(String label, String text) {
    List<String> lines = wrapped(text);
    for (int i = 0; i < lines.size(); i++) {
      out.printf("%s%-11s %s%n", INDENT, i == 0 ? label : "", lines.get(i));
    }
  }

  /** A remark in brackets. */
  void note(String text) {
    out.println(INDENT + "(" + text + ")");
  }

  List<DemoReport.Step> steps() {
    return steps;
  }

  /** The table of times, and the last line. */
  void summarize() {
    out.printf("%n%-70s %10s%n", "step", "time");
    double total = 0;
    for (int i = 0; i < steps.size(); i++) {
      DemoReport.Step step = steps.get(i);
      total += step.seconds();
      out.printf("%2d. %-66s %10s%n", i + 1, cut(step.name(), 66), seconds(step.seconds()));
    }
    out.printf("%-70s %10s%n%n", "all", seconds(total));
    out.printf("demo: %d steps passed%n", steps.size());
  }

  /** The end, when the step that ran has failed. */
  void fail(String failure) {
    out.printf("%n  FAILED: %s%n", current);
    failure.lines().forEach(line -> out.println(INDENT + line));
    out.printf("%ndemo: failed after %d steps%n", steps.size());
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }

  static String cut(String text, int longest) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
  }

  /** Lines of at most the width; a blank line of the text stays, other line breaks are reflowed. */
  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    for (String paragraph : text.strip().split("\\n\\s*\\n", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.strip().split("\\s+", -1)) {
        if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
          lines.add(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
