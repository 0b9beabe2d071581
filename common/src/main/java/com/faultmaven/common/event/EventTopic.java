package com.faultmaven.common.event;

import java.util.Locale;

/** The topics, one for each service that owns a kind of aggregate (decisions, section 6). */
public enum EventTopic {
  USERS,
  CASES,
  ARTIFACTS,
  KNOWLEDGE,
  SESSIONS;

  /** The topic's name on Kafka: {@code faultmaven.users} with the prefix {@code faultmaven}. */
  public String named(String prefix) {
    return prefix + "." + name().toLowerCase(Locale.ROOT);
  }
}
