package com.faultmaven.gateway;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs a gateway until the process is told to end. */
public final class Main {
  private static final Logger LOG = Logger.getLogger("gateway");
  private static final int STOP_SECONDS = 10;

  private Main() {}

  /**
   * Reads the settings from the environment and starts. Exit code 1: the port is taken; 2: a
   * setting is wrong.
   */
  public static void main(String[] arguments) {
    LogLines.install("json".equals(System.getenv("FAULTMAVEN_LOG_FORMAT")));
    GatewaySettings settings;
    try {
      settings = GatewaySettings.of(System.getenv());
    } catch (IllegalArgumentException e) {
      LOG.severe("cannot start: " + e.getMessage());
      System.exit(2);
      return;
    }
    Gateway.start(settings)
        .onSuccess(
            gateway -> {
              Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(gateway)));
              LOG.info("listening on http://" + settings.host() + ":" + gateway.port());
            })
        .onFailure(
            failure -> {
              LOG.log(
                  Level.SEVERE,
                  "cannot listen on {0}:{1}: {2}",
                  new Object[] {
                    settings.host(), Integer.toString(settings.port()), failure.getMessage()
                  });
              System.exit(1);
            });
  }

  private static void stop(Gateway gateway) {
    try {
      gateway.stop().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "did not stop cleanly", e);
    }
  }
}
