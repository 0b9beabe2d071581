package com.faultmaven.common.userdata;

import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists of any length, read page by page, so that few rows are in memory. */
public final class CursorPages {
  private CursorPages() {}

  /**
   * Reads a list to its end.
   *
   * @param page gives the page behind a cursor; null for the first one
   */
  public static <T> Multi<T> all(Function<@Nullable Cursor, Uni<CursorPage<T>>> page) {
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new AtomicReference<@Nullable Cursor>(),
            last ->
                page.apply(last.get()).invoke(read -> last.set(Cursor.decode(read.nextCursor()))))
        .whilst(read -> read.nextCursor() != null)
        .onItem()
        .transformToMultiAndConcatenate(read -> Multi.createFrom().iterable(read.items()));
  }
}
