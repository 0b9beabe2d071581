package com.faultmaven.knowledge.domain;

/**
 * Who asks.
 *
 * @param userId their id
 * @param readsEveryCase whether they may read every case: analysts and admins
 * @param token their access token, to be sent on; never log it
 */
public record Requester(String userId, boolean readsEveryCase, String token) {
  @Override
  public String toString() {
    return "Requester[" + userId + "]";
  }
}
