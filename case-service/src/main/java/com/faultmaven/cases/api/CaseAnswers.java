package com.faultmaven.cases.api;

import com.faultmaven.common.model.cases.Case;
import com.faultmaven.common.model.cases.RecentMessage;
import com.faultmaven.common.web.Created;
import com.faultmaven.common.web.Cursor;
import com.faultmaven.common.web.CursorPage;
import com.faultmaven.common.web.Page;
import com.faultmaven.common.web.PageRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** How cases and pages are answered. */
final class CaseAnswers {
  private CaseAnswers() {}

  /** The ETag of a version of a case. */
  static String etag(long version) {
    return "\"" + version + "\"";
  }

  /** 200 with the case's header and its ETag; without messages there is no history. */
  static Response of(Case answered) {
    return Response.ok(answered.toBuilder().conversationHistory(null).build())
        .header(HttpHeaders.ETAG, etag(answered.version()))
        .build();
  }

  /** 201 with the case as it will be read, its place and its ETag. */
  static Response created(Created<Case> created) {
    Case opened = created.body();
    Case shown =
        opened.toBuilder().conversationHistory(RecentMessage.history(opened.messages())).build();
    Response answer = new Created<>(created.location(), shown, created.replayed()).toResponse();
    return Response.fromResponse(answer)
        .header(HttpHeaders.ETAG, etag(created.body().version()))
        .build();
  }

  /**
   * A page by cursor.
   *
   * @param rows one more than the limit, when another page follows
   * @param limit how many a page holds
   * @param place where a row stands in the list
   */
  static <T> CursorPage<T> page(List<T> rows, int limit, Function<T, Cursor> place) {
    if (rows.size() <= limit) {
      return new CursorPage<>(rows, null);
    }
    List<T> items = rows.subList(0, limit);
    return new CursorPage<>(items, place.apply(items.getLast()).encode());
  }

  /** A page by offset of a list that is all there. */
  static <T> Page<T> page(List<T> all, PageRequest page) {
    int from = Math.min(page.offset(), all.size());
    int to = Math.min(all.size(), from + page.limit());
    return Page.of(all.subList(from, to), all.size(), page);
  }
}
