package com.faultmaven.common.web;

import java.util.List;

/**
 * One page of a list that is addressed by offset.
 *
 * @param items the page's items, in the list's order
 * @param total how many items there are in all
 * @param limit how many were asked for, 1 to 200
 * @param offset how many were passed over
 */
public record Page<T>(List<T> items, long total, int limit, int offset) {
  public Page {
    items = List.copyOf(items);
  }

  /** A page that answers the request. */
  public static <T> Page<T> of(List<T> items, long total, PageRequest request) {
    return new Page<>(items, total, request.limit(), request.offset());
  }
}
