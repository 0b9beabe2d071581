package com.faultmaven.cases.domain.legacy;

import java.util.List;

/** A case of the previous layout that breaks rules of the model. */
public final class LegacyCaseRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Flaw> flaws;

  /** Refuses it for these reasons, one at least. */
  public LegacyCaseRefused(List<Flaw> flaws) {
    super(flaws.getFirst().field() + ": " + flaws.getFirst().reason(), null, false, false);
    this.flaws = List.copyOf(flaws);
  }

  /** Refuses it for one reason. */
  public LegacyCaseRefused(String field, String reason) {
    this(List.of(new Flaw(field, reason)));
  }

  /** What is wrong, one thing at least. */
  public List<Flaw> flaws() {
    return flaws;
  }
}
