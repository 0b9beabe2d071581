package com.faultmaven.local;

import com.faultmaven.local.process.ComponentStatus;
import com.faultmaven.local.process.ProcessIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a supervisor writes about its stack, for the commands that come later.
 *
 * @param supervisor its own process
 * @param gatewayPort the one that people use
 * @param apps directory of the programs that it runs
 * @param message why it failed
 */
public record StackState(
    ProcessIdentity supervisor,
    Phase phase,
    int gatewayPort,
    String apps,
    @Nullable String message,
    List<ComponentStatus> components) {

  public StackState {
    components = List.copyOf(components);
  }

  /** The life of a stack. */
  public enum Phase {
    STARTING,
    RUNNING,
    FAILED,
    STOPPING
  }

  /** Whether its supervisor still lives. */
  public boolean alive() {
    return supervisor.running().isPresent();
  }

  /** Whether it runs and every component is healthy. */
  public boolean healthy() {
    return alive()
        && phase == Phase.RUNNING
        && components.stream().allMatch(component -> component.state().settled());
  }

  /** Address of the gateway. */
  public String url() {
    return "http://localhost:" + gatewayPort;
  }
}
