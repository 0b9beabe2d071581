package com.faultmaven.user;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/** Lets Vert.x look every few milliseconds for event loops that are held, where a test wants it. */
@ApplicationScoped
public class WatchedLoops implements VertxOptionsCustomizer {
  /** Set by the profile of such a test. */
  public static final String WATCH = "faultmaven.test.watch-loops";

  private static final int LOOK_EVERY_MILLIS = 10;

  /** What counts as held. */
  private static final int LONGEST_MILLIS = 50;

  @Override
  public void accept(VertxOptions options) {
    if (ConfigProvider.getConfig().getOptionalValue(WATCH, Boolean.class).orElse(false)) {
      options
          .setBlockedThreadCheckInterval(LOOK_EVERY_MILLIS)
          .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
          .setMaxEventLoopExecuteTime(LONGEST_MILLIS)
          .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
          .setWarningExceptionTime(LONGEST_MILLIS)
          .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS);
    }
  }
}
