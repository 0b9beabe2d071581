package com.faultmaven.common.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that is addressed by cursor (keyset paging: stable while rows are added).
 *
 * @param items the page's items, in the list's order
 * @param nextCursor what to send as {@code cursor} for the next page; null on the last one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record CursorPage<T>(List<T> items, @Nullable String nextCursor) {
  public CursorPage {
    items = List.copyOf(items);
  }
}
