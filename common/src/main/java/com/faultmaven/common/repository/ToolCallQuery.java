package com.faultmaven.common.repository;

import com.faultmaven.common.model.cases.ToolCallStatus;
import com.faultmaven.common.web.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Which tool calls of a case to list, newest first.
 *
 * @param toolName only of the tool; null for all
 * @param status only in the status; null for all
 * @param after the last call that was seen; null for the beginning
 * @param limit at most so many, 1 to 201
 */
public record ToolCallQuery(
    @Nullable String toolName, @Nullable ToolCallStatus status, @Nullable Cursor after, int limit) {
  public ToolCallQuery {
    Limits.check(limit);
  }
}
