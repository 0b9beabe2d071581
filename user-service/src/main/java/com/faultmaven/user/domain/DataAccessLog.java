package com.faultmaven.user.domain;

import com.faultmaven.common.web.CursorPage;
import io.smallrye.mutiny.Uni;

/** The append-only record of who has read whose data (decisions, section 7). */
public interface DataAccessLog {
  /** Adds a row; what was read may be given out only after that. */
  Uni<Void> append(DataAccess access);

  /** Rows that match, newest first. */
  Uni<CursorPage<DataAccess>> list(DataAccessQuery query);
}
