package com.faultmaven.cases.domain.legacy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Collects what is wrong with one case, up to a number. */
final class Flaws {
  private final List<Flaw> found = new ArrayList<>();

  void add(String field, String reason) {
    if (found.size() < LegacyLimits.FLAWS) {
      found.add(new Flaw(field, reason));
    }
  }

  void forEach(Consumer<Flaw> action) {
    found.forEach(action);
  }

  /** Ends the reading when something is wrong. */
  void check() {
    if (!found.isEmpty()) {
      throw new LegacyCaseRefused(found);
    }
  }
}
