package com.faultmaven.common.repository;

import com.faultmaven.common.model.cases.MessageType;
import com.faultmaven.common.web.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a conversation to read.
 *
 * @param type only messages of the type; null for all
 * @param newestFirst the order; otherwise oldest first
 * @param after the last message that was seen, in that order; null for the beginning
 * @param limit at most so many, 1 to 201
 */
public record MessageQuery(
    @Nullable MessageType type, boolean newestFirst, @Nullable Cursor after, int limit) {
  public MessageQuery {
    Limits.check(limit);
  }

  /** The thread from its beginning, up to the limit. */
  public static MessageQuery thread(int limit) {
    return new MessageQuery(null, false, null, limit);
  }
}
