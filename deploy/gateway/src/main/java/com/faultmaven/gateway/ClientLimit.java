package com.faultmaven.gateway;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many requests of one client are with the services at the same time, so that no client takes
 * all connections to them. Holds no client that has no request there.
 */
final class ClientLimit {
  private final int limit;
  private final ConcurrentMap<String, Integer> present = new ConcurrentHashMap<>();

  ClientLimit(int limit) {
    this.limit = limit;
  }

  /**
   * Takes a place for one more request.
   *
   * @return false when the client has none left; otherwise {@link #leave} must follow once
   */
  boolean enter(String client) {
    if (present.merge(client, 1, Integer::sum) <= limit) {
      return true;
    }
    leave(client);
    return false;
  }

  /** Gives a place back. */
  void leave(String client) {
    present.computeIfPresent(client, (name, count) -> count > 1 ? count - 1 : null);
  }

  /** Number of clients that are known at the moment. */
  int clients() {
    return present.size();
  }
}
