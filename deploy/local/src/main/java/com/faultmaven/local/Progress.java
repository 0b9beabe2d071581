package com.faultmaven.local;

import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ComponentStatus.State;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows how components come and go: one line per component, redrawn in place on a terminal; one
 * line per change elsewhere.
 */
final class Progress {
  private final PrintStream out;
  private final boolean terminal;
  private final Map<String, State> shown = new HashMap<>();
  private final Map<String, Long> since = new HashMap<>();
  private int drawn;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows the components as they are now. */
  void show(List<ComponentStatus> components) {
    if (terminal) {
      redraw(components);
    } else {
      components.forEach(this::printChange);
    }
    out.flush();
  }

  private void redraw(List<ComponentStatus> components) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    for (ComponentStatus component : components) {
      text.append("\u001b[2K").append(StateWords.line(component, seconds(component))).append('\n');
    }
    drawn = components.size();
    out.print(text);
  }

  private void printChange(ComponentStatus component) {
    State before = shown.put(component.name(), component.state());
    if (before != component.state() && component.state() != State.WAITING) {
      out.println(StateWords.line(component, component.seconds()));
    }
  }

  /** The state was written when it changed; what has passed since then is counted here. */
  private double seconds(ComponentStatus component) {
    boolean counting = component.state() == State.PREPARING || component.state() == State.STARTING;
    if (!counting) {
      return component.seconds();
    }
    long now = System.nanoTime();
    String change = component.name() + component.state() + component.restarts();
    return component.seconds() + (now - since.computeIfAbsent(change, key -> now)) / 1e9;
  }
}
