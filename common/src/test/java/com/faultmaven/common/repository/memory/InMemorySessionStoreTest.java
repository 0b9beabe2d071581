package com.faultmaven.common.repository.memory;

import com.faultmaven.common.repository.SessionStore;
import com.faultmaven.common.repository.SessionStoreContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

class InMemorySessionStoreTest extends SessionStoreContract {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final InstantSource source = () -> now;
  private final SessionStore store = new InMemorySessionStore(source.withZone(ZoneOffset.UTC));

  @Override
  protected SessionStore store() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    now = now.plus(time);
  }
}
