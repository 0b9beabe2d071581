package com.faultmaven.user.domain;

import com.faultmaven.common.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Ties accounts to people at other issuers. */
public interface ProviderLinking {
  /**
   * Ties an account whose owner has proved to be both, in the open transaction. The owner gets a
   * mail.
   *
   * @return fails with {@link Problem} 403 {@code account-deactivated}, 409 {@code
   *     sso-linked-elsewhere} when one of both is tied to another by now
   */
  Uni<Void> link(SqlConnection tx, String userId, ProviderLink link, RequestOrigin origin);
}
