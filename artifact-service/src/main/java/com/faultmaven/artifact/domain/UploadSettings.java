package com.faultmaven.artifact.domain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Bounds of receiving files; the keys begin with {@code faultmaven.upload}. */
@ConfigMapping(prefix = "faultmaven.upload")
public interface UploadSettings {
  /** Most files in one request. */
  @WithDefault("10")
  int maxFiles();

  /**
   * Most bytes of one request, over all its files; below {@code quarkus.http.limits.max-body-size}.
   */
  @WithDefault("110100480")
  long maxRequestBytes();

  /** Requests that may be received at the same time; one more answers 503. */
  @WithDefault("16")
  int maxConcurrent();

  /** How long the body of one request may take to arrive. */
  @WithDefault("PT2M")
  Duration receiveTimeout();

  /**
   * Where files are while they are processed, in a folder for each process: of this machine alone,
   * not shared. What killed processes left there is deleted at start. A folder of the user in the
   * machine's temporary folder when not set.
   */
  Optional<Path> directory();

  /** How often the stages of a file are looked at for a listener of its events. */
  @WithDefault("PT0.2S")
  Duration eventsInterval();

  /** How long a listener of a file's events is served. */
  @WithDefault("PT5M")
  Duration eventsLimit();
}
