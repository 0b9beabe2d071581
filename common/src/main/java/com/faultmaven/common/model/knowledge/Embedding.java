package com.faultmaven.common.model.knowledge;

import java.util.Arrays;

/** A vector that stands for a text: an immutable array of finite numbers, compared by value. */
public final class Embedding {
  private final float[] values;
  private final double length;

  private Embedding(float[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("an embedding has at least one dimension");
    }
    double squares = 0;
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("an embedding holds finite numbers alone");
      }
      squares += (double) value * value;
    }
    this.values = values;
    this.length = Math.sqrt(squares);
  }

  /**
   * Takes a copy of the numbers.
   *
   * @throws IllegalArgumentException when there are none, or one is not finite
   */
  public static Embedding of(float... values) {
    return new Embedding(values.clone());
  }

  /** How many numbers. */
  public int dimension() {
    return values.length;
  }

  /** A copy of the numbers. */
  public float[] toArray() {
    return values.clone();
  }

  /**
   * Cosine of the angle to another embedding: 1 the same direction, 0 at right angles or when
   * either is all zeros, -1 opposite.
   *
   * @throws IllegalArgumentException when the dimensions differ
   */
  public double cosine(Embedding other) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "dimensions differ: " + values.length + " and " + other.values.length);
    }
    if (length == 0 || other.length == 0) {
      return 0;
    }
    double dot = 0;
    for (int i = 0; i < values.length; i++) {
      dot += (double) values[i] * other.values[i];
    }
    return Math.clamp(dot / (length * other.length), -1.0, 1.0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embedding[dimension=" + values.length + "]";
  }
}
