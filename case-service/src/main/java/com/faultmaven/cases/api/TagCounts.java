package com.faultmaven.cases.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * Tags with how many cases have each.
 *
 * @param items in alphabetical order
 */
@RegisterForReflection
public record TagCounts(List<TagCount> items) {
  public TagCounts {
    items = List.copyOf(items);
  }

  /**
   * A tag.
   *
   * @param tag the label
   * @param cases how many cases have it
   */
  @RegisterForReflection
  public record TagCount(String tag, long cases) {}
}
