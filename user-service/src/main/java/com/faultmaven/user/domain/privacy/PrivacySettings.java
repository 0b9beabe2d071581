package com.faultmaven.user.domain.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How users' data are exported and erased; the keys begin with the prefix. */
@ConfigMapping(prefix = "faultmaven.user-data")
public interface PrivacySettings {
  /**
   * The other services that hold users' data; for each the setting {@code faultmaven.NAME.url} says
   * where it is.
   */
  @WithDefault("case-service,knowledge-service,session-service,artifact-service")
  List<String> services();

  /** Time after a deletion when erasure follows without being asked for; at least a day. */
  @WithDefault("P30D")
  Duration eraseAfter();

  /** Time without an answer after which services are asked again; at least a second. */
  @WithDefault("PT5M")
  Duration repeatAfter();

  /** Accounts and erasures that the job looks at together, 1 to 10000. */
  @WithDefault("100")
  int batch();

  /** When the job does both: an interval, a time of day in UTC, or off. */
  @WithDefault("PT5M")
  String schedule();

  /** How long an export may be fetched; at least a minute. */
  @WithDefault("P1D")
  Duration exportLifetime();

  /** Exports that a replica writes at the same time; one more is refused. */
  @WithDefault("2")
  int exportsAtOnce();

  /** How long a service may take to begin its part of an export. */
  @WithDefault("PT20S")
  Duration exportStartTimeout();

  /** How long writing an export may take in all; then it breaks off. */
  @WithDefault("PT30M")
  Duration exportTimeout();
}
