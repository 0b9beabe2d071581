package com.faultmaven.user.domain;

/** Which addresses count as one client. */
public final class Networks {
  private Networks() {}

  /** One customer of an IPv6 provider has at least a /64: its first four groups. */
  public static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String plain = address.startsWith("[") ? address.substring(1) : address;
    int skipped = plain.indexOf("::");
    String head = skipped < 0 ? plain : plain.substring(0, skipped);
    String[] groups = head.split(":", -1);
    StringBuilder network = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      network.append(i < groups.length && !groups[i].isEmpty() ? groups[i] : "0").append(':');
    }
    return network.append(":/64").toString();
  }
}
