package com.faultmaven.local;

import java.util.Locale;

/** The five services. */
public enum Service {
  /** Two hashes hold 20 MB each for good: the young part is small, so that they fit in the old. */
  USER("auth", 102, 12),
  CASE("cases", 160),
  ARTIFACT("artifacts", 192),
  KNOWLEDGE("knowledge", 384),
  SESSION("sessions", 128);

  private final String database;
  private final int heapMegabytes;
  private final int youngMegabytes;

  Service(String database, int heapMegabytes) {
    // The JVM's own share.
    this(database, heapMegabytes, heapMegabytes / 3);
  }

  Service(String database, int heapMegabytes, int youngMegabytes) {
    this.database = database;
    this.heapMegabytes = heapMegabytes;
    this.youngMegabytes = youngMegabytes;
  }

  /** Its module and the name of its process, e.g. {@code case-service}. */
  public String module() {
    return name().toLowerCase(Locale.ROOT) + "-service";
  }

  /** Stem of its database and roles: {@code cases} stands for {@code cases_db}. */
  public String database() {
    return database;
  }

  /** The variable by which the other programs learn its address. */
  String urlVariable() {
    return "FAULTMAVEN_" + name() + "_SERVICE_URL";
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  int youngMegabytes() {
    return youngMegabytes;
  }
}
