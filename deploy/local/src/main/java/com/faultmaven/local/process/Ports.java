package com.faultmaven.local.process;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Free loopback ports, chosen once at random and remembered in a file. */
public final class Ports {
  /** Below the range that operating systems take for outgoing connections. */
  private static final int FIRST = 20_000;

  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 200;

  private final JsonFile file;
  private final Map<String, Integer> ports;
  private final Random random = new Random();

  private Ports(JsonFile file, Map<String, Integer> ports) {
    this.file = file;
    this.ports = ports;
  }

  /** The ports remembered there, none at first. */
  public static Ports in(Path path) throws IOException {
    JsonFile file = new JsonFile(path);
    return new Ports(file, new TreeMap<>(file.readMap(Integer.class)));
  }

  /**
   * The port of that name. A remembered one that somebody else took meanwhile is replaced, so this
   * is asked before the component runs.
   */
  public synchronized int of(String name) throws IOException {
    Integer known = ports.get(name);
    if (known != null && free(known)) {
      return known;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = random.nextInt(FIRST, LAST);
      if (!ports.containsValue(port) && free(port)) {
        ports.put(name, port);
        file.write(ports);
        return port;
      }
    }
    throw new IOException("no free port between " + FIRST + " and " + LAST);
  }

  /** Whether nobody listens there. */
  public static boolean free(int port) throws IOException {
    try {
      probe(port);
      return true;
    } catch (BindException taken) {
      return false;
    }
  }

  /** Takes the port and gives it back. */
  static void probe(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }
}
