package com.faultmaven.user.domain;

import com.faultmaven.common.web.CursorPage;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** The append-only record of authentication events (specification 8.3). */
public interface AuthAuditLog {
  /** Adds an event to the open transaction. */
  Uni<Void> append(SqlConnection transaction, AuthEvent event);

  /** Adds an event on its own. */
  Uni<Void> append(AuthEvent event);

  /** Events that match, newest first. */
  Uni<CursorPage<AuthEvent>> list(AuthEventQuery query);
}
