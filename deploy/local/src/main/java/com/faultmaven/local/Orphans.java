package com.faultmaven.local;

import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ProcessIdentity;
import com.faultmaven.local.process.StopSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ends the components that a supervisor left behind when it was killed. */
final class Orphans {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private Orphans() {}

  /** Ends those that still run, the last started first; returns how many there were. */
  static int stop(StackState state) throws InterruptedException {
    int count = 0;
    List<ComponentStatus> reversed = state.components().reversed();
    for (ComponentStatus component : reversed) {
      Instant started = component.started();
      if (component.pid() == 0 || started == null) {
        continue;
      }
      Optional<ProcessHandle> process = new ProcessIdentity(component.pid(), started).running();
      if (process.isPresent()) {
        StopSignal.stop(process.get(), "TERM", TIMEOUT);
        count++;
      }
    }
    return count;
  }
}
