package com.faultmaven.local;

import com.faultmaven.local.process.ComponentStatus;
import java.util.Locale;

/** A component as one line of text. */
final class StateWords {
  private StateWords() {}

  /** The state in lower case. */
  static String of(ComponentStatus.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Name, state, port, seconds, and why when there is something to say. */
  static String line(ComponentStatus status, double seconds) {
    String detail = status.detail();
    String firstLine = detail == null ? "" : detail.lines().findFirst().orElse("");
    return "%-18s %-10s :%-5d %6.1f s  %s"
        .formatted(status.name(), of(status.state()), status.port(), seconds, firstLine)
        .stripTrailing();
  }
}
