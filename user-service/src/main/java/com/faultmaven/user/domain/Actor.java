package com.faultmaven.user.domain;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for a change to an account.
 *
 * @param userId id of the caller
 * @param isAdmin whether the caller may do everything
 * @param tokenId {@code jti} of the caller's access token, null when it has none
 * @param origin where the request came from
 */
public record Actor(
    String userId, boolean isAdmin, @Nullable String tokenId, RequestOrigin origin) {
  /** Whether the caller may see and change this account. */
  public boolean mayAccess(String otherUserId) {
    return isAdmin || userId.equals(otherUserId);
  }
}
