package com.faultmaven.knowledge.domain.text;

/** A word or a punctuation mark of a text, and the tokens that stand for it. Immutable. */
public final class Word {
  private final int start;
  private final int end;
  private final int[] tokens;

  Word(int start, int end, int[] tokens) {
    this.start = start;
    this.end = end;
    this.tokens = tokens;
  }

  /** Where it begins in the text, in UTF-16 units. */
  public int start() {
    return start;
  }

  /** Where it ends, exclusive. */
  public int end() {
    return end;
  }

  /** How many tokens stand for it, at least one. */
  public int count() {
    return tokens.length;
  }

  /** The id of one of its tokens. */
  int token(int index) {
    return tokens[index];
  }
}
