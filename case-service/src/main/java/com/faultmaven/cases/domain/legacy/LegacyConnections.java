package com.faultmaven.cases.domain.legacy;

/** Opens the previous layout. */
public interface LegacyConnections {
  /**
   * The Redis at an address; nothing is asked yet.
   *
   * @param url {@code redis://[[user]:password@]host[:port][/database]}, {@code rediss} for TLS
   */
  LegacyStore open(String url);
}
