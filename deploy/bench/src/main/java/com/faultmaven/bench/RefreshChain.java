package com.faultmaven.bench;

import java.io.IOException;
import java.util.ArrayDeque;

/**
 * Logs in once, then refreshes again and again, each time with the token that the answer before has
 * given: what one client of many does.
 */
final class RefreshChain implements HttpCaller {
  private final HttpRequests requests;
  private final ArrayDeque<String> accessTokens;
  private final int kept;
  private byte[] next;

  /**
   * A chain that begins with a log-in.
   *
   * @param accessTokens is given the access tokens that come with the answers
   * @param kept so many of them at most, the newest
   */
  RefreshChain(HttpRequests requests, byte[] login, ArrayDeque<String> accessTokens, int kept) {
    this.requests = requests;
    this.accessTokens = accessTokens;
    this.kept = kept;
    next = login;
  }

  @Override
  public byte[] next() {
    return next;
  }

  @Override
  public void answered(HttpAnswer answer) throws IOException {
    HttpRequests.requireSuccess(answer);
    String token = answer.field("refresh_token");
    next = requests.post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + token + "\"}");
    if (accessTokens.size() == kept) {
      accessTokens.remove();
    }
    accessTokens.add(answer.field("access_token"));
  }
}
