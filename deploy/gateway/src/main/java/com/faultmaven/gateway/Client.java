package com.faultmaven.gateway;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, and how it came into the system.
 *
 * @param address IP address, empty when the connection does not say
 * @param scheme {@code http} or {@code https}, as the client used it
 */
record Client(String address, String scheme) {
  /** What one subscriber usually has of the IPv6 address space: 64 bits. */
  private static final int IPV6_NETWORK_BYTES = 8;

  /**
   * The other end of the connection or, when that is a trusted proxy, what it says: the right-most
   * address of {@code X-Forwarded-For} that is no trusted proxy itself, and the scheme of {@code
   * X-Forwarded-Proto}. Anything further left may be the client's own invention.
   */
  static Client of(HttpServerRequest request, TrustedProxies trusted) {
    String scheme = request.isSSL() ? "https" : "http";
    String peer = request.remoteAddress() == null ? null : request.remoteAddress().hostAddress();
    Optional<InetAddress> connected = literal(peer);
    if (connected.isEmpty()) {
      return new Client(peer == null ? "" : peer, scheme);
    }
    if (!trusted.contains(connected.get())) {
      return new Client(connected.get().getHostAddress(), scheme);
    }
    InetAddress client = connected.get();
    List<String> hops = values(request, "X-Forwarded-For");
    for (String hop : hops.reversed()) {
      Optional<InetAddress> address = literal(withoutPort(hop));
      if (address.isEmpty()) {
        // The hop is hidden; the proxy that it spoke to is the last that is known.
        break;
      }
      client = address.get();
      if (!trusted.contains(client)) {
        break;
      }
    }
    return new Client(client.getHostAddress(), forwardedScheme(request).orElse(scheme));
  }

  /**
   * What requests of one client are counted under: an IPv4 address or an IPv6 network of 64 bits.
   */
  String network() {
    byte[] octets = literal(address).map(InetAddress::getAddress).orElse(new byte[0]);
    if (octets.length <= 4) {
      return address;
    }
    Arrays.fill(octets, IPV6_NETWORK_BYTES, octets.length, (byte) 0);
    return NetUtil.bytesToIpAddress(octets) + "/64";
  }

  /** An address that is written out; names are never looked up. */
  static Optional<InetAddress> literal(@Nullable String text) {
    byte[] octets = text == null ? null : NetUtil.createByteArrayFromIpAddressString(text);
    if (octets == null) {
      return Optional.empty();
    }
    try {
      // Also turns IPv4 addresses in IPv6 clothes into IPv4 ones.
      return Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + octets.length + " bytes", e);
    }
  }

  private static Optional<String> forwardedScheme(HttpServerRequest request) {
    List<String> values = values(request, "X-Forwarded-Proto");
    if (values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(values.getLast().toLowerCase(Locale.ROOT))
        .filter(scheme -> scheme.equals("http") || scheme.equals("https"));
  }

  private static List<String> values(HttpServerRequest request, String header) {
    return request.headers().getAll(header).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  /** Some proxies write {@code 192.0.2.1:4711} or {@code [2001:db8::1]:4711}. */
  private static String withoutPort(String hop) {
    int bracket = hop.indexOf(']');
    if (hop.startsWith("[") && bracket > 0) {
      return hop.substring(1, bracket);
    }
    int colon = hop.indexOf(':');
    return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
  }
}
