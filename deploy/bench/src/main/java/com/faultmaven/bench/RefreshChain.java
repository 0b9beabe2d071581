package com.faultmaven.bench;

import java.io.IOException;
import java.util.ArrayDeque;

/** Refreshes again and again, each time with the token that the answer before has given. */
final class RefreshChain implements HttpCaller {
  private final HttpRequests requests;
  private final ArrayDeque<String> accessTokens;
  private final int kept;
  private byte[] next;

  /**
   * A chain.
   *
   * @param refreshToken what a log-in has given
   * @param accessTokens is given the access tokens that come with the answers
   * @param kept so many of them at most, the newest
   */
  RefreshChain(
      HttpRequests requests, String refreshToken, ArrayDeque<String> accessTokens, int kept) {
    this.requests = requests;
    this.accessTokens = accessTokens;
    this.kept = kept;
    next = request(refreshToken);
  }

  @Override
  public byte[] next() {
    return next;
  }

  @Override
  public void answered(HttpAnswer answer) throws IOException {
    HttpRequests.requireSuccess(answer);
    next = request(answer.field("refresh_token"));
    if (accessTokens.size() == kept) {
      accessTokens.remove();
    }
    accessTokens.add(answer.field("access_token"));
  }

  private byte[] request(String refreshToken) {
    return requests.post("/api/v1/auth/refresh", "{\"refresh_token\":\"" + refreshToken + "\"}");
  }
}
