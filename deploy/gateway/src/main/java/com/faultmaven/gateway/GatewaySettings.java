package com.faultmaven.gateway;

import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says about this gateway.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for any free one
 * @param services scheme, host and port of each service
 * @param maxBodyBytes largest request body that is passed on
 * @param idleSeconds how long a service may be silent before its answer is given up; a client may
 *     be for twice as long
 * @param bodySeconds how long a request body may take from its first byte to its last
 * @param maxRequestsPerClient how many requests of one client are with the services at once
 * @param trustedProxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed
 */
public record GatewaySettings(
    String host,
    int port,
    Map<Upstream, URI> services,
    long maxBodyBytes,
    int idleSeconds,
    int bodySeconds,
    int maxRequestsPerClient,
    TrustedProxies trustedProxies) {

  /** One upload of 10 MiB and the multipart framing around it. */
  private static final String DEFAULT_MAX_BODY_BYTES = "11534336";

  private static final String DEFAULT_IDLE_SECONDS = "300";
  private static final String DEFAULT_BODY_SECONDS = "60";
  private static final String DEFAULT_MAX_REQUESTS_PER_CLIENT = "64";

  /** Checks ranges and addresses; refuses with the name of the variable that is wrong. */
  public GatewaySettings {
    services = Map.copyOf(services);
    require(port >= 0 && port <= 65_535, "FAULTMAVEN_GATEWAY_PORT is not a port: " + port);
    require(maxBodyBytes > 0, "FAULTMAVEN_GATEWAY_MAX_BODY_BYTES must be positive");
    require(idleSeconds > 0, "FAULTMAVEN_GATEWAY_IDLE_SECONDS must be positive");
    require(bodySeconds > 0, "FAULTMAVEN_GATEWAY_BODY_SECONDS must be positive");
    require(
        maxRequestsPerClient > 0, "FAULTMAVEN_GATEWAY_MAX_REQUESTS_PER_CLIENT must be positive");
    for (Upstream upstream : Upstream.values()) {
      URI address = services.get(upstream);
      require(
          address != null && isOrigin(address),
          upstream.variable() + " must be http(s)://host[:port] without a path: " + address);
    }
  }

  /**
   * The settings in an environment, with defaults for what is not set.
   *
   * @throws IllegalArgumentException naming the variable that cannot be used
   */
  public static GatewaySettings of(Map<String, String> environment) {
    Map<Upstream, URI> services = new EnumMap<>(Upstream.class);
    for (Upstream upstream : Upstream.values()) {
      String url = environment.getOrDefault(upstream.variable(), upstream.defaultUrl());
      services.put(upstream, URI.create(url.endsWith("/") ? url.replaceAll("/+$", "") : url));
    }
    return new GatewaySettings(
        environment.getOrDefault("FAULTMAVEN_GATEWAY_HOST", "127.0.0.1"),
        (int) number(environment, "FAULTMAVEN_GATEWAY_PORT", "8080"),
        services,
        number(environment, "FAULTMAVEN_GATEWAY_MAX_BODY_BYTES", DEFAULT_MAX_BODY_BYTES),
        (int) number(environment, "FAULTMAVEN_GATEWAY_IDLE_SECONDS", DEFAULT_IDLE_SECONDS),
        (int) number(environment, "FAULTMAVEN_GATEWAY_BODY_SECONDS", DEFAULT_BODY_SECONDS),
        (int)
            number(
                environment,
                "FAULTMAVEN_GATEWAY_MAX_REQUESTS_PER_CLIENT",
                DEFAULT_MAX_REQUESTS_PER_CLIENT),
        trustedProxies(environment));
  }

  /** Address of a service. */
  URI address(Upstream upstream) {
    URI address = services.get(upstream);
    if (address == null) {
      throw new IllegalStateException("no address for " + upstream);
    }
    return address;
  }

  private static boolean isOrigin(URI address) {
    boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    String path = address.getRawPath();
    return web && address.getHost() != null && (path == null || path.isEmpty());
  }

  private static TrustedProxies trustedProxies(Map<String, String> environment) {
    String name = "FAULTMAVEN_GATEWAY_TRUSTED_PROXIES";
    try {
      return TrustedProxies.parse(environment.getOrDefault(name, ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static long number(Map<String, String> environment, String name, String fallback) {
    String text = environment.getOrDefault(name, fallback);
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a whole number: " + text, e);
    }
  }

  private static void require(boolean condition, @Nullable String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
