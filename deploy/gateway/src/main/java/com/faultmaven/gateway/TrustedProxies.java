package com.faultmaven.gateway;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The proxies whose word about a client is taken, e.g. the one that ends TLS.
 *
 * @param networks none by default
 */
public record TrustedProxies(List<Network> networks) {
  /** Copies the list. */
  public TrustedProxies {
    networks = List.copyOf(networks);
  }

  /**
   * Reads addresses and networks separated by commas, e.g. {@code 192.0.2.7, 10.0.0.0/8, fd00::/8};
   * blank for none.
   *
   * @throws IllegalArgumentException when a part is neither; names are not looked up
   */
  public static TrustedProxies parse(String text) {
    return new TrustedProxies(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Network::parse)
            .toList());
  }

  /** Whether an address belongs to a trusted proxy. */
  boolean contains(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  /**
   * All addresses that begin with the same bits.
   *
   * @param base one of them
   * @param bits how many bits are the same; 0 to 32 for IPv4, 0 to 128 for IPv6
   */
  public record Network(InetAddress base, int bits) {
    /** Checks the range of the bits. */
    public Network {
      int most = base.getAddress().length * Byte.SIZE;
      if (bits < 0 || bits > most) {
        throw new IllegalArgumentException("a network has 0 to " + most + " bits, not " + bits);
      }
    }

    private static Network parse(String text) {
      int slash = text.indexOf('/');
      String address = slash < 0 ? text : text.substring(0, slash);
      InetAddress base =
          Client.literal(address)
              .orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text));
      if (slash < 0) {
        return new Network(base, base.getAddress().length * Byte.SIZE);
      }
      try {
        return new Network(base, Integer.parseInt(text.substring(slash + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("not a network: " + text, e);
      }
    }

    private boolean contains(InetAddress address) {
      byte[] wanted = base.getAddress();
      byte[] given = address.getAddress();
      if (wanted.length != given.length) {
        return false;
      }
      int rest = wanted.length * Byte.SIZE - bits;
      return new BigInteger(1, wanted)
          .shiftRight(rest)
          .equals(new BigInteger(1, given).shiftRight(rest));
    }
  }
}
