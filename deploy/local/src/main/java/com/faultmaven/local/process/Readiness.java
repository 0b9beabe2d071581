package com.faultmaven.local.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Asks a running process whether it serves its clients already. */
@FunctionalInterface
public interface Readiness {

  /** Longest time one question may take, in milliseconds. */
  int TIMEOUT_MILLIS = 2_000;

  /**
   * Asks once.
   *
   * @return false while the process is still starting
   * @throws IOException when nothing answers, which means the same
   */
  boolean ask() throws IOException;

  /** Whether {@link #ask()} answers yes; no answer is a no. */
  default boolean ready() {
    try {
      return ask();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ready when a GET is answered with a status below {@code limit}, e.g. 300. */
  static Readiness http(URI address, int limit) {
    return () -> {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try {
        return connection.getResponseCode() < limit;
      } finally {
        connection.disconnect();
      }
    };
  }

  /** Ready when the conversation over one connection to a loopback port says so. */
  static Readiness tcp(int port, Conversation conversation) {
    return () -> {
      try (Socket socket = new Socket()) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        return conversation.hold(socket);
      }
    };
  }

  /** What is said over the connection of {@link #tcp}. */
  @FunctionalInterface
  interface Conversation {
    boolean hold(Socket socket) throws IOException;
  }
}
