package com.faultmaven.common.privacy;

import java.util.function.Consumer;

/**
 * Finds one kind of thing in a text, in time proportional to its length: it looks at a bounded
 * number of characters per anchor (an {@code @}, an {@code =}, the first digit of a number …), or
 * goes on behind what it has consumed.
 */
interface Recogniser {
  void find(String text, Consumer<Finding> found);
}
